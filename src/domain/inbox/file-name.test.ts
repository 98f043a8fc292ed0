import { expect, it } from 'vitest';
import { fileName } from './file-name.js';

it.each([
  [undefined, 'text/calendar', 'invite.ics'],
  ['', 'message/rfc822', 'message.eml'],
  ['Photo', 'image/jpeg', 'Photo.jpg'],
  ['Fattura n. 12', 'application/pdf', 'Fattura n. 12.pdf'],
  ['a.PDF', 'application/octet-stream', 'a.PDF'],
  ['a.pdf', 'image/jpeg', 'a.pdf'],
  [undefined, 'application/octet-stream', 'file'],
  [undefined, 'constructor', 'file'],
  ['notes', 'x/y', 'notes'],
])('%s of type %s is called %s', (name, type, called) => {
  expect(fileName({ type, ...(name === undefined ? {} : { name }) })).toBe(called);
});
