import { expect, it } from 'vitest';
import { differenceOf } from './difference.js';

const to = (contact: string, canonical: string) => ({
  contact,
  ref: `x-${contact}`,
  name: contact,
  address: canonical,
  canonical,
  body: '*',
});

it('tells persons apart, not records: who gets it under another record or address is neither new nor gone', () => {
  const before = [
    { contact: 'kept', address: 'kept@x.it' },
    { contact: 'moved', address: 'moved@x.it' },
    { contact: 'doubled', address: 'doubled@x.it' },
    { contact: 'left', address: 'left@x.it' },
    { contact: 'untagged', address: 'untagged@x.it' },
    { contact: 'removed', address: 'removed@x.it' },
    { address: 'erased@x.it' },
  ];
  const recipients = [
    to('kept', 'kept@new.it'),
    to('moved2', 'moved@x.it'),
    to('other', 'other@x.it'),
    to('fresh', 'fresh@x.it'),
  ];
  const leftOut = [
    {
      contact: 'doubled',
      ref: 'x-doubled',
      name: 'D',
      reason: 'same_person' as const,
      detail: 'same as other',
      same_as: 'other',
    },
    { contact: 'left', ref: 'x-left', name: 'L', reason: 'suppressed' as const, detail: 'unsubscribed' },
    { contact: 'never', ref: 'x-never', name: 'N', reason: 'no_body' as const, detail: 'no body in de' },
  ];
  const onFile = (contact: string) =>
    contact === 'untagged' ? { ref: 'x-untagged', name: 'Untagged' } : undefined;
  const { new: fresh, gone } = differenceOf(before, { recipients, leftOut }, onFile);
  expect(fresh.map(({ name }) => name)).toEqual(['fresh']);
  expect(gone.map(({ name, reason }) => [name, reason])).toEqual([
    ['L', 'suppressed'],
    ['Untagged', 'not_in_audience'],
    ['removed@x.it', 'not_on_file'],
    ['erased@x.it', 'not_on_file'],
  ]);
});
