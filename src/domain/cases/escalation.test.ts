import { describe, expect, it } from 'vitest';
import type { Case } from './case.js';
import type { CaseInteraction } from './case-file.js';
import { caseClocks } from './clocks.js';
import { escalationsDue, levelOf } from './escalation.js';
import { processSchema } from './process.js';

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T09:00:00Z`;
const ms = (n: number) => Date.parse(day(n));
const process = processSchema.parse({
  type: 'complaint',
  deadlines: [
    { clock: 'first_response', within: 'P1D' },
    { clock: 'resolution', within: 'P10D' },
    { clock: 'hand_over', within: 'P1D' },
  ],
  escalation: [
    { level: '1', after: 'PT0S' },
    { level: '2', after: 'P2D', clock: 'first_response', notify: 'reports_to' },
    { level: '2', signal: 'repeated_contact' },
    { level: '2', signal: 'reopened' },
    { level: '3', signal: 'broken_promise', notify: 'boss' },
    { level: '3', signal: 'lawyer', notify: 'boss', priority: 'urgent' },
  ],
});
const world = (now: number) => ({ now, timeZone: 'UTC', calendars: new Map() });
const said = (n: number, direction: string): CaseInteraction => ({
  ...{ ref: 'x', at: ms(n), direction, channel: 'phone', by: 'anna', outcome: null },
});

function due(
  some: object,
  interactions: CaseInteraction[] = [],
  { now = ms(4), broken = [] as number[] } = {},
) {
  const data = { title: 'x', state: 'open', opened_at: day(1), ...some } as Case;
  const file = { data, merged: [], interactions };
  const clocks = caseClocks(file, process, world(now));
  return escalationsDue(file, process, clocks, broken, world(now));
}
const brief = (...of: Parameters<typeof due>) => due(...of).map(({ level, at, why }) => [level, at, why]);

describe('the steps that have come', () => {
  it('are those so long after a deadline that is missed', () => {
    expect(brief({}, [], { now: ms(2) - 1 })).toEqual([]);
    expect(brief({}, [], { now: ms(2) })).toEqual([['1', ms(2), 'first response missed']]);
    expect(brief({}, [], { now: ms(4) })).toEqual([
      ['1', ms(2), 'first response missed'],
      ['2', ms(4), 'first response missed'],
    ]);
    expect(due({}).map(({ notify }) => notify)).toEqual(['owner', 'reports_to']);
  });

  it('are none for what was done in the end, and none for a case that is done', () => {
    expect(brief({}, [said(3, 'outbound')])).toEqual([]);
    expect(brief({ state: 'resolved' })).toEqual([]);
  });

  it('name who did not accept', () => {
    const history = [{ at: day(1), by: 'anna', owner: 'dino' }];
    expect(brief({ history }, [said(1, 'outbound')], { now: ms(3) })).toEqual([
      ['1', ms(2), 'hand over missed by dino'],
    ]);
  });

  it('come with the third word without an answer in between, and again after the next three', () => {
    const words = [1, 2, 3, 4, 5, 6, 7].map((n) => said(n, 'inbound'));
    const level = (list: CaseInteraction[]) =>
      due({}, list, { now: ms(8) })
        .filter(({ key }) => key.includes('repeated_contact'))
        .map(({ at }) => at);
    expect(level(words.slice(0, 2))).toEqual([]);
    expect(level(words)).toEqual([ms(3)]);
    expect(level([...words.slice(0, 2), said(2, 'outbound'), ...words.slice(2)])).toEqual([ms(5)]);
  });

  it('come where a case is opened again, but not where a merge is taken back', () => {
    const again = (state: string) => [
      { at: day(1), from: 'new', to: 'open' },
      { at: day(2), from: 'open', to: state },
      { at: day(3), from: state, to: 'open' },
    ];
    const keys = (state: string) =>
      due({ history: again(state) }, [said(1, 'outbound')]).map(({ key }) => key);
    expect(keys('resolved')).toEqual([`2 reopened ${ms(3)}`]);
    expect(keys('merged')).toEqual([]);
  });

  it('come with a broken promise, once it is broken', () => {
    const answered = [said(1, 'outbound')];
    expect(due({}, answered, { broken: [ms(3), ms(5)] })).toMatchObject([
      { level: '3', at: ms(3), notify: 'boss', key: `3 broken_promise ${ms(3)}` },
    ]);
  });

  it('come with the first message that says so by itself, and again once the case was opened again', () => {
    const saying = (n: number, direction = 'inbound', why = `why ${n}`) => ({
      ...said(n, direction),
      signals: { lawyer: why },
    });
    const answered = said(1, 'outbound');
    const words = [answered, saying(2, 'outbound'), saying(2), saying(3), saying(5), saying(6)];
    const lawyers = (some: object) =>
      due(some, words, { now: ms(8) }).filter(({ key }) => key.includes('lawyer'));
    expect(lawyers({})).toEqual([
      {
        ...{ level: '3', at: ms(2), notify: 'boss', priority: 'urgent', why: 'why 2' },
        key: `3 lawyer ${ms(2)}`,
      },
    ]);
    const history = [
      { at: day(1), from: 'new', to: 'open' },
      { at: day(3), from: 'open', to: 'resolved' },
      { at: day(4), from: 'resolved', to: 'open' },
    ];
    expect(lawyers({ history }).map(({ why }) => why)).toEqual(['why 2', 'why 5']);
    // Of what the process does not name nothing comes.
    expect(due({}, [answered, { ...said(2, 'inbound'), signals: { press: 'x' } }])).toEqual([]);
  });

  it('have keys that stay the same from one look to the next', () => {
    const keys = (now: number) => due({}, [], { now }).map(({ key }) => key);
    expect(keys(ms(20))).toEqual(expect.arrayContaining(keys(ms(4))));
    expect(new Set(keys(ms(20))).size).toBe(keys(ms(20)).length);
  });
});

describe('the level of a case', () => {
  const level = (history: unknown) => levelOf({ data: { history } as unknown as Case });
  const raised = { at: day(2), activity: 'escalate', level: '2' };

  it('is the highest since it was last taken up', () => {
    expect(level([raised, { at: day(3), activity: 'escalate', level: '1' }])).toBe(2);
    expect(level([raised, { at: day(3), from: 'open', to: 'resolved' }])).toBe(0);
    expect(level([raised, { at: day(3), from: 'open', to: 'waiting_customer' }])).toBe(2);
    expect(level([raised, { at: day(3), from: 'open', to: 'merged' }])).toBe(2);
  });

  it('is 0 where nothing that can be read raised it', () => {
    for (const history of [undefined, 'x', [null, { activity: 'escalate', level: '3' }]])
      expect(level(history)).toBe(0);
    expect(level([{ at: day(1), activity: 'escalate', level: 'high' }])).toBe(0);
  });
});
