import { expect, it } from 'vitest';
import type { LeftOut } from './left-out.js';
import type { Recipient } from './plan.js';
import { resumePlan } from './resume.js';

const to = (contact: string, address = `${contact}@example.it`): Recipient => {
  return { contact, ref: `n-${contact}`, name: contact, address, canonical: address, body: '*' };
};
const out = (contact: string, reason: LeftOut['reason']): LeftOut => {
  return { contact, ref: `n-${contact}`, name: contact, reason, detail: reason };
};

it('takes people out and lets nobody in', () => {
  const frozen = { recipients: [to('a'), to('b'), to('c'), to('d')], leftOut: [out('e', 'suppressed')] };
  const today = {
    recipients: [to('a', 'new@example.it'), to('e'), to('f')],
    leftOut: [out('b', 'consent_withdrawn'), out('d', 'same_person')],
  };
  expect(resumePlan(frozen, today)).toEqual({
    recipients: [to('a'), to('d')],
    leftOut: [
      out('b', 'consent_withdrawn'),
      { ...out('c', 'excluded'), detail: 'no longer in the audience' },
      out('e', 'suppressed'),
    ],
  });
});
