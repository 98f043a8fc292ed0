import { describe, expect, it } from 'vitest';
import type { Case } from './case.js';
import type { CaseInteraction } from './case-file.js';
import { missingFor } from './evidence.js';
import { processSchema } from './process.js';

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T09:00:00Z`;
const process = processSchema.parse({
  type: 'complaint',
  required: { open: ['owner'], closed: ['cause'] },
  evidence: {
    resolved: ['answer'],
    closed: ['confirmation'],
    open: ['written_answer'],
    rejected: ['written_confirmation'],
  },
  close_after: 'P14D',
});

const said = (n: number, direction: string, more: Partial<CaseInteraction> = {}): CaseInteraction => ({
  ...{ ref: `x-${'0'.repeat(8)}${String(n).padStart(2, '0')}`, at: Date.parse(day(n)) },
  ...{ direction, channel: 'phone', by: 'anna', outcome: null, ...more },
});

function missing(
  state: 'open' | 'resolved' | 'closed' | 'rejected',
  some: object,
  interactions: CaseInteraction[] = [],
  { now = day(20), confirmed }: { now?: string; confirmed?: boolean } = {},
) {
  const data = { title: 'x', state: 'open', opened_at: day(1), ...some } as Case;
  const onFile = { now: Date.parse(now), timeZone: 'Europe/Rome', confirmed };
  return missingFor(state, { data, merged: [], interactions }, process, onFile).map(({ what }) => what);
}

const resolved = {
  state: 'resolved',
  cause: 'tool',
  history: [{ at: day(10), from: 'open', to: 'resolved' }],
};

describe('what a move asks for', () => {
  it('are the fields that the process names', () => {
    expect(missing('open', {}, [said(2, 'outbound', { channel: 'email' })])).toEqual(['owner']);
    expect(missing('open', { owner: '' }, [said(2, 'outbound', { channel: 'email' })])).toEqual(['owner']);
    expect(missing('open', { owner: 'anna' }, [said(2, 'outbound', { channel: 'email' })])).toEqual([]);
  });

  it('is an answer that left, and reached somebody', () => {
    expect(missing('resolved', {})).toEqual(['answer']);
    expect(missing('resolved', {}, [said(2, 'inbound')])).toEqual(['answer']);
    expect(missing('resolved', {}, [said(2, 'outbound', { outcome: 'no_answer' })])).toEqual(['answer']);
    expect(missing('resolved', {}, [said(2, 'outbound')])).toEqual([]);
  });

  it('is an answer in writing', () => {
    expect(missing('open', { owner: 'anna' }, [said(2, 'outbound')])).toEqual(['written_answer']);
  });

  it('is an answer after the case was opened again, and after a merge that was taken back the old one', () => {
    const answer = [said(2, 'outbound')];
    const again = (state: string) => [
      { at: day(3), from: 'open', to: state },
      { at: day(4), from: state, to: 'open' },
    ];
    expect(missing('resolved', { history: again('resolved') }, answer)).toEqual(['answer']);
    expect(missing('resolved', { history: again('merged') }, answer)).toEqual([]);
  });

  it('is what told the customer in writing that the agreement has ended', () => {
    expect(missing('rejected', {})).toEqual(['written_confirmation']);
    // Where no agreement is on file, a letter is all there can be.
    expect(missing('rejected', {}, [said(2, 'outbound', { channel: 'letter' })])).toEqual([]);
    expect(missing('rejected', {}, [], { confirmed: false })).toEqual(['written_confirmation']);
    expect(missing('rejected', {}, [], { confirmed: true })).toEqual([]);
  });
});

describe('a confirmation', () => {
  const answer = said(5, 'outbound');
  const named = (n: number) => ({ ...resolved, confirmed_by_customer: said(n, 'inbound').ref });

  it('is the word of the customer after he was answered', () => {
    expect(missing('closed', named(6), [answer, said(6, 'inbound')], { now: day(11) })).toEqual([]);
  });

  it('is not what he asked for', () => {
    const interactions = [said(4, 'inbound'), answer];
    expect(missing('closed', named(4), interactions, { now: day(11) })).toEqual(['confirmation']);
    expect(missing('closed', named(4), [said(4, 'inbound')], { now: day(11) })).toEqual(['confirmation']);
  });

  it('is not one of before the case was opened again', () => {
    const history = [
      { at: day(7), from: 'open', to: 'resolved' },
      { at: day(8), from: 'resolved', to: 'open' },
      { at: day(10), from: 'open', to: 'resolved' },
    ];
    const interactions = [answer, said(6, 'inbound'), said(9, 'outbound')];
    expect(missing('closed', { ...named(6), history }, interactions, { now: day(11) })).toEqual([
      'confirmation',
    ]);
  });

  it('is silence for the time that the process names, to the second', () => {
    const just = new Date(Date.parse(day(24)) - 1000).toISOString();
    expect(missing('closed', resolved, [answer], { now: just })).toEqual(['confirmation']);
    expect(missing('closed', resolved, [answer], { now: day(24) })).toEqual([]);
    expect(missing('closed', resolved, [answer, said(12, 'inbound')], { now: day(24) })).toEqual([
      'confirmation',
    ]);
  });

  it('is not guessed where it is not known when the case was resolved', () => {
    expect(missing('closed', { ...resolved, history: [] }, [answer], { now: day(28) })).toEqual([
      'confirmation',
    ]);
  });
});

it('a case without a process lacks nothing', () => {
  const data = { title: 'x', state: 'open', opened_at: day(1) } as Case;
  const onFile = { now: 0, timeZone: 'UTC', confirmed: undefined };
  expect(missingFor('closed', { data, merged: [], interactions: [] }, undefined, onFile)).toEqual([]);
});

it('an answer is missing where the customer spoke last before it was held for solved', () => {
  const asked = [said(2, 'outbound'), said(5, 'inbound')];
  const closing = { ...resolved, confirmed_by_customer: undefined };
  expect(missing('resolved', closing, asked)).toEqual(['answer']);
  expect(missing('resolved', closing, [...asked, said(12, 'outbound')])).toEqual([]);
  // What he said when he took it for solved asks for none.
  expect(missing('resolved', { ...resolved, confirmed_by_customer: said(5, 'inbound').ref }, asked)).toEqual(
    [],
  );
});
