import { describe, expect, it } from 'vitest';
import { nextStep, type StepDone } from './next-step.js';
import type { Sequence } from './sequence.js';

const sequence: Sequence = {
  name: 'follow',
  title: 'Follow-up',
  purpose: 'service',
  steps: ['a', 'b', 'c'].map((id) => ({ id, after: 'P1D', channel: 'email', subject: id, body: id })),
};
const clock = { timeZone: 'Europe/Rome', calendars: new Map() };
const day = (date: number) => Date.UTC(2026, 9, date, 8);
const next = (done: Record<string, StepDone>, steps = sequence.steps) => {
  const found = nextStep({ ...sequence, steps }, day(1), new Map(Object.entries(done)), clock);
  return found && { id: found.step.id, due: found.due };
};

describe('the next step', () => {
  it('counts from the enrolment, then from when the one before was done', () => {
    expect(next({})).toEqual({ id: 'a', due: day(2) });
    expect(next({ a: { at: day(5) } })).toEqual({ id: 'b', due: day(6) });
    expect(next({ a: { at: day(5) }, b: { at: day(6) }, c: { at: day(7) } })).toBeUndefined();
  });

  it('keeps the time of day over the change of clocks', () => {
    expect(next({ a: { at: Date.parse('2026-10-24T10:00:00+02:00') } })?.due).toBe(
      Date.parse('2026-10-25T10:00:00+01:00'),
    );
  });

  it('is the one whose task waits, without a time', () => {
    expect(next({ a: { at: day(5), open: true } })).toEqual({ id: 'a', due: undefined });
  });

  it('is after the last one done where steps were put before it, moved or taken out', () => {
    const [a, b, c] = sequence.steps as [Sequence['steps'][0], Sequence['steps'][0], Sequence['steps'][0]];
    expect(next({ b: { at: day(5) } })).toEqual({ id: 'c', due: day(6) });
    expect(next({ b: { at: day(5) } }, [b, c, a])?.id).toBe('c');
    // What is there no more was done all the same.
    expect(next({ b: { at: day(5) } }, [a, c])).toEqual({ id: 'a', due: day(6) });
  });

  it('counts from when somebody was taken up again', () => {
    const found = nextStep(sequence, day(20), new Map([['a', { at: day(5) }]]), clock);
    expect(found?.due).toBe(day(21));
  });
});
