import { describe, expect, it } from 'vitest';
import type { Process } from '../cases/process.js';
import { eventName, eventsOf } from './event-name.js';
import { ProcessFitness } from './fitness.js';
import { MoveJudge, movesOf } from './moves.js';

const strict: Process = {
  type: 'complaint',
  moves: {
    new: ['open'],
    open: ['waiting_customer', 'resolved'],
    waiting_customer: ['open'],
    resolved: ['closed'],
  },
};

describe('the moves of a case', () => {
  it('go from where it stood, or from where the entry says', () => {
    expect(
      movesOf([
        { to: 'new' },
        { owner: 'dino' },
        { activity: 'Take in charge', to: 'open' },
        { activity: 'accept' },
        { from: 'waiting_customer', to: 'resolved' },
        { to: 'merged' },
        { to: 'elsewhere' },
      ]),
    ).toEqual([
      { from: 'new', to: 'open' },
      { from: 'waiting_customer', to: 'resolved' },
    ]);
  });

  it.each([
    ['new', 'open', undefined],
    ['new', 'resolved', { fault: 'skipped', skipped: ['open'] }],
    ['new', 'closed', { fault: 'skipped', skipped: ['open', 'resolved'] }],
    ['open', 'open', { fault: 'repeated', skipped: [] }],
    ['closed', 'open', { fault: 'out_of_order', skipped: [] }],
    ['resolved', 'open', { fault: 'out_of_order', skipped: [] }],
    ['open', 'rejected', { fault: 'out_of_order', skipped: [] }],
  ] as const)('from %s to %s: %j', (from, to, fault) => {
    expect(new MoveJudge(strict).fault({ from, to })).toEqual(fault);
  });

  it('add up to how well cases fit their process', () => {
    const fitness = new ProcessFitness();
    const ways = { a: ['new', 'open', 'resolved', 'closed'], b: ['new', 'resolved', 'closed'], c: ['new'] };
    for (const [ref, states] of Object.entries(ways))
      fitness.add('complaint', strict, ref, movesOf(states.map((to) => ({ to }))));
    expect(fitness.fitness()).toEqual([
      { type: 'complaint', cases: 3, fitting: 2, moves: 5, allowed: 4, fitness: 0.8 },
    ]);
    expect(fitness.violations()).toEqual([
      {
        type: 'complaint',
        fault: 'skipped',
        from: 'new',
        to: 'resolved',
        skipped: ['open'],
        moves: 1,
        cases: ['b'],
      },
    ]);
  });
});

describe('the events of a history', () => {
  it('are named by activity, state or hand-over', () => {
    expect(
      [
        { activity: 'escalate', level: '2' },
        { from: 'new', to: 'open' },
        { owner: 'dino' },
        { activity: 'Closed', to: 'closed' },
        { why: 'no reason' },
      ].map(eventName),
    ).toEqual(['escalate', 'open', 'assign', 'Closed', 'other']);
  });

  it('come in the order of time, those of one moment as they stand; what is none is passed over', () => {
    const history = [
      { at: '2026-01-02T10:00:00Z', to: 'open' },
      { at: '2026-01-02T10:30:00+01:00', to: 'new' },
      { at: '2026-01-02T10:00:00Z', to: 'closed' },
      { at: 'soon', to: 'open' },
      null,
    ];
    expect(eventsOf(history).map(({ entry }) => entry.to)).toEqual(['new', 'open', 'closed']);
    expect(eventsOf('nothing')).toEqual([]);
  });
});
