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

it('writes once to one who is two by the frozen plan, and to one who goes by another name now', () => {
  const frozen = { recipients: [to('a'), to('b'), to('c'), to('d'), to('e')], leftOut: [] };
  const today = { recipients: [to('a'), to('x'), to('y')], leftOut: [out('z', 'already_sent')] };
  const survivors: Record<string, string> = { b: 'a', c: 'x', d: 'x', e: 'z' };
  const plan = resumePlan(frozen, today, (contact) => survivors[contact] ?? contact);
  expect(plan.recipients).toEqual([to('a'), to('c')]);
  expect(plan.leftOut).toEqual([
    { ...out('b', 'same_person'), detail: 'was merged into a' },
    { ...out('d', 'same_person'), detail: 'was merged into x' },
    out('e', 'already_sent'),
  ]);
});
