import { describe, expect, it } from 'vitest';
import type { Case } from './case.js';
import type { Clock } from './clocks.js';
import { serviceLevels } from './service-level.js';

const at = Date.parse('2026-11-01T09:00:00Z');
const clock = (state: Clock['state'], minutes: number, more: Partial<Clock> = {}): Clock => ({
  ...{ clock: 'first_response', state, minutes, started: at, due: at, paused: false },
  ...{ ended: state === 'due' ? null : at, deadline: { clock: 'first_response', within: 'PT8H' } },
  ...more,
});
const measured = (some: object, ...clocks: Clock[]) => ({
  file: {
    data: { title: 'x', state: 'open', opened_at: '2026-11-01T09:00:00Z', ...some } as Case,
    merged: [],
    interactions: [],
  },
  process: undefined,
  clocks,
});
const month = (ms: number) => new Date(ms).toISOString().slice(0, 7);

describe('service levels', () => {
  it('count what was met, missed, and still runs, by group and deadline', () => {
    const levels = serviceLevels(
      [
        measured({ office: 'press' }, clock('met', 10), clock('met', 30)),
        measured({ office: 'press' }, clock('breached', 100), clock('due', 5)),
        measured({}, clock('due', 7, { clock: 'resolution' })),
      ],
      ['office'],
      month,
    );
    expect(levels).toEqual([
      {
        ...{ group: { office: 'press' }, clock: 'first_response', met: 2, breached: 1, due: 1 },
        ...{ share_met: 2 / 3, median_minutes: 30, p90_minutes: 86, paused: {} },
      },
      {
        ...{ group: { office: null }, clock: 'resolution', met: 0, breached: 0, due: 1 },
        ...{ share_met: null, median_minutes: null, p90_minutes: null, paused: {} },
      },
    ]);
  });

  it('do not count the minutes of what is missed and still not done', () => {
    const levels = serviceLevels([measured({}, clock('breached', 900, { ended: null }))], [], month);
    expect(levels).toMatchObject([{ breached: 1, median_minutes: null }]);
  });

  it('take a case that says nothing as of normal priority, and a clock as of the month it began in', () => {
    const later = clock('met', 1, { started: at + 40 * 86_400_000 });
    const levels = serviceLevels([measured({}, clock('met', 1), later)], ['priority', 'month'], month);
    expect(levels.map(({ group }) => group)).toEqual([
      { priority: 'normal', month: '2026-11' },
      { priority: 'normal', month: '2026-12' },
    ]);
  });

  it('say why the resolution rested, whatever the words', () => {
    const wait = (why?: string) => [
      { at: '2026-11-02T09:00:00Z', from: 'open', to: 'waiting_customer', ...(why ? { why } : {}) },
      { at: '2026-11-03T09:00:00Z', from: 'waiting_customer', to: 'open' },
    ];
    const history = [...wait('order number'), ...wait('order number'), ...wait(), ...wait('constructor')];
    const levels = serviceLevels(
      [measured({ history }, clock('met', 1, { clock: 'resolution' }))],
      [],
      month,
    );
    expect(levels[0]?.paused).toEqual({ 'order number': 2, 'waiting customer': 1, constructor: 1 });
  });
});
