import { describe, expect, it } from 'vitest';
import { type AddedContact, addedTwice, joinedContact, renamedReferences } from './join-contacts.js';

const contact = (id: string, data: Record<string, unknown>, note = ''): AddedContact => ({
  id,
  ref: `x-${id}`,
  path: `contacts/x-${id}.md`,
  data,
  note,
});
const mario = contact(
  'aaaaaaaaaa',
  { name: 'Mario Rossi', emails: ['mario@example.it'], title: 'Boss' },
  'tall\n',
);
const twin = contact(
  'bbbbbbbbbb',
  { name: 'M. Rossi', emails: ['MARIO@example.it', 'm@example.it'], title: 'Chief', language: 'it' },
  'loud\n',
);

describe('people whom two clones added', () => {
  it('are one where an address is shared and the names agree', () => {
    expect(addedTwice([twin], [mario], 'IT')).toEqual([{ survivor: mario, loser: twin }]);
  });

  it('stay two where the names differ or are missing, and where it is not clear who is who', () => {
    const franca = contact('cccccccccc', { name: 'Franca Rossi', emails: ['mario@example.it'] });
    const again = contact('dddddddddd', { name: 'Mario Rossi', emails: ['mario@example.it'] });
    expect(addedTwice([franca], [mario], 'IT')).toEqual([]);
    expect(addedTwice([twin], [mario, again], 'IT')).toEqual([]);
    expect(addedTwice([twin, again], [mario], 'IT')).toEqual([]);
    expect(addedTwice([mario], [mario], 'IT')).toEqual([]);
  });

  it('leave nothing behind: lists are joined, gaps filled, notes kept', () => {
    expect(joinedContact({ survivor: mario, loser: twin })).toEqual({
      set: {
        emails: ['mario@example.it', 'MARIO@example.it', 'm@example.it'],
        language: 'it',
        merged_from: ['bbbbbbbbbb'],
      },
      note: 'tall\n\nloud\n',
      differing: ['name', 'title'],
    });
  });

  it('are called by one name everywhere', () => {
    const join = { survivor: mario, loser: twin };
    const data = {
      contacts: ['y-eeeeeeeeee', twin.ref, mario.ref],
      to: `old-name-${twin.id}`,
      subject: 'hello',
    };
    expect(renamedReferences(data, join)).toEqual({ contacts: ['y-eeeeeeeeee', mario.ref], to: mario.ref });
  });
});
