import { describe, expect, it } from 'vitest';
import type { Case } from './case.js';
import type { CaseInteraction } from './case-file.js';
import { handOvers } from './hand-overs.js';

const at = (hour: number) => `2026-11-09T${String(hour).padStart(2, '0')}:00:00Z`;
const ms = (hour: number) => Date.parse(at(hour));
const offices: Record<string, string> = { dino: 'press', carla: 'press', anna: 'service' };

function found(
  history: unknown,
  { owner, by, known = true }: { owner?: string; by?: [string, number][]; known?: boolean } = {},
) {
  const data = { title: 'x', state: 'open', opened_at: at(8), history, owner } as Case;
  const interactions = (by ?? []).map(
    ([who, hour]): CaseInteraction => ({
      ...{ ref: 'x', at: ms(hour), direction: 'outbound', channel: 'phone', by: who, outcome: null },
    }),
  );
  const list = handOvers({ data, merged: [], interactions }, known ? (one) => offices[one] : undefined);
  return list.map(({ who, to, accepted }) => [who, to, accepted]);
}

const given = { at: at(9), by: 'anna', owner: 'dino' };

describe('a hand-over', () => {
  it('waits for the other, whatever anybody else does', () => {
    const history = [given, { at: at(10), by: 'anna', activity: 'escalate' }];
    expect(found(history, { by: [['carla', 11]] })).toEqual([['dino', null, false]]);
  });

  it.each<[string, object[], [string, number][]]>([
    ['accepts it', [{ at: at(11), by: 'dino', activity: 'accept' }], []],
    ['moves it', [{ at: at(11), by: 'dino', from: 'new', to: 'open' }], []],
    ['answers', [], [['dino', 11]]],
    ['hands it on', [{ at: at(11), by: 'dino', owner: 'dino' }], []],
  ])('ends accepted where he %s', (_what, more, by) => {
    expect(found([given, ...more], { by })).toEqual([['dino', ms(11), true]]);
  });

  it('is not accepted by what he did before', () => {
    expect(found([given], { by: [['dino', 8]] })).toEqual([['dino', null, false]]);
  });

  it('ends unaccepted where it goes to another', () => {
    const history = [given, { at: at(10), by: 'anna', owner: 'carla' }];
    expect(found(history)).toEqual([
      ['dino', ms(10), false],
      ['carla', null, false],
    ]);
  });

  it('is none where somebody takes a case for himself', () => {
    expect(found([{ at: at(9), by: 'dino', owner: 'dino' }])).toEqual([]);
  });

  it('to an office is accepted by any of its members', () => {
    const history = [{ at: at(9), by: 'anna', office: 'press' }];
    expect(found(history, { by: [['anna', 10]] })).toEqual([['press', null, false]]);
    expect(found(history, { by: [['carla', 10]] })).toEqual([['press', ms(10), true]]);
  });

  it('to an office ends with what its new owner does, also where nobody says who sits where', () => {
    const history = [
      { at: at(9), by: 'anna', office: 'press' },
      { at: at(10), by: 'dino', activity: 'accept' },
    ];
    expect(found(history, { owner: 'dino', known: false })).toEqual([['press', ms(10), true]]);
    expect(found(history, { owner: 'carla', known: false })).toEqual([['press', null, false]]);
  });
});

describe('a question to a colleague', () => {
  const asked = { at: at(9), by: 'anna', from: 'open', to: 'waiting_internal', asked: 'dino' };

  it('runs beside the hand-over, and ends with the wait', () => {
    expect(found([{ ...given, owner: 'carla', at: at(8) }, asked])).toEqual([
      ['carla', null, false],
      ['dino', null, false],
    ]);
    expect(found([asked, { at: at(10), by: 'anna', from: 'waiting_internal', to: 'open' }])).toEqual([
      ['dino', ms(10), false],
    ]);
    expect(found([asked, { at: at(10), by: 'dino', from: 'waiting_internal', to: 'open' }])).toEqual([
      ['dino', ms(10), true],
    ]);
  });
});

it('passes over a history that cannot be read', () => {
  for (const history of ['x', { at: at(9) }, [null, 7, { owner: 'dino' }, { at: 'noon', owner: 'dino' }]])
    expect(found(history)).toEqual([]);
});
