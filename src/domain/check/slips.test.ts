import { describe, expect, it } from 'vitest';
import { config } from '../config/config.js';
import { kinds } from '../records/kind-names.js';
import { schemaKeys, schemas } from '../records/kinds.js';
import { slips } from './slips.js';

const inSettings = (data: Record<string, unknown>) =>
  slips(config, { version: 1, id: 'x', ...data }, 'itaca.yaml', 2).map(
    ({ at, meant }) => `${at.join('.')} → ${meant.join('.')}`,
  );

describe('a key that is a slip away from another one', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ aproval: 'four_eyes' }, 'aproval → approval'],
    [{ mail: { throtle: 5 } }, 'mail.throtle → mail.throttle'],
    [{ mail: { dkmi: {} } }, 'mail.dkmi → mail.dkim'],
    [{ mail: { transprot: 'smtp' } }, 'mail.transprot → mail.transport'],
    [{ mail: { smtp: { host: 'x', prot: 25 } } }, 'mail.smtp.prot → mail.smtp.port'],
    [{ limits: { frequncy: { messages: 1 } } }, 'limits.frequncy → limits.frequency'],
    [{ members: { anna: { emials: ['a@example.it'] } } }, 'members.anna.emials → members.anna.emails'],
  ])('is found in settings: %j', (data, slip) => {
    expect(inSettings(data)).toEqual([slip]);
  });

  it('is none where the other one stands there too, nor where it is like none', () => {
    expect(inSettings({ approval: 'none', aproval: 'four_eyes', colour: 'red', mailing: 1 })).toEqual([]);
    expect(inSettings({ members: { apporval: { name: 'Anna' } }, constructor: 1, toString: 1 })).toEqual([]);
  });

  it('is found in the lists of a record', () => {
    const consents = [
      { purpose: 'news', state: 'given' },
      { purpose: 'x', stat: 'given' },
    ];
    expect(
      slips(schemas.contact, { name: 'Mario', consents }, 'a contact', 1).map(({ at }) => at),
    ).toContainEqual(['consents', 1, 'stat']);
  });

  it('is taken for one by a letter, or by two where more is at stake', () => {
    const found = (most: 1 | 2) =>
      slips(schemas.order, { member: 'x', chanel: 'x', nr: '1' }, 'an order', most);
    expect(found(1).map(({ hint }) => hint)).toEqual(['did you mean channel?']);
    expect(found(2).map(({ hint }) => hint)).toEqual(['did you mean number?', 'did you mean channel?']);
  });

  it.each(kinds)('is no key that a %s knows', (kind) => {
    for (const key of schemaKeys(kind))
      expect(slips(schemas[kind], { [key]: 'x' }, kind, 2).map(({ at }) => at)).toEqual([]);
  });
});
