import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../calendars/calendar.js';
import { businessCalendar } from '../calendars/open-hours.js';
import { type Case, caseRecord } from './case.js';
import type { CaseInteraction } from './case-file.js';
import { caseClocks, nextDeadline } from './clocks.js';
import { processSchema } from './process.js';

const timeZone = 'Europe/Rome';
const week = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-13:00', '14:00-18:00']]),
);
const office = businessCalendar('office', calendarSchema.parse({ timezone: timeZone, week }), () => false);
const process = processSchema.parse({
  type: 'complaint',
  deadlines: [
    { clock: 'first_response', within: 'PT8H', calendar: 'office' },
    { clock: 'first_response', channel: 'phone', within: 'PT4H', calendar: 'office' },
    { clock: 'next_response', within: 'PT4H', calendar: 'office' },
    { clock: 'hand_over', within: 'PT2H', calendar: 'office' },
    { clock: 'resolution', within: 'P10D' },
  ],
});

const monday = (time: string) => `2026-11-09T${time}:00+01:00`;
const tuesday = (time: string) => `2026-11-10T${time}:00+01:00`;
const friday = (time: string) => `2026-11-13T${time}:00+01:00`;

const kase = (some: object): Case =>
  caseRecord.parse({
    title: 'x',
    state: 'new',
    opened_at: monday('09:00'),
    history: [{ at: monday('09:00'), by: 'anna', to: 'new' }],
    ...some,
  });

const said = (at: string, direction: string, more: Partial<CaseInteraction> = {}): CaseInteraction => ({
  ref: `x-${'0'.repeat(10)}`,
  at: Date.parse(at),
  direction,
  channel: 'email',
  by: 'anna',
  outcome: null,
  ...more,
});

function clocks(
  some: object,
  interactions: CaseInteraction[] = [],
  { now = friday('10:00'), merged = [] as Case[], calendars = new Map([['office', office]]) } = {},
) {
  return caseClocks({ data: kase(some), merged, interactions }, process, {
    now: Date.parse(now),
    timeZone,
    calendars,
  });
}

const brief = (list: ReturnType<typeof clocks>, name: string) =>
  list
    .filter(({ clock }) => clock === name)
    .map(({ state, minutes, due }) => [
      state,
      minutes,
      new Date(due + 3_600_000).toISOString().slice(5, 16).replace('T', ' '),
    ]);

describe('the clock of the first response', () => {
  it('counts open hours from the opening to the first answer that left', () => {
    expect(brief(clocks({}), 'first_response')).toEqual([['breached', 33 * 60, '11-09 18:00']]);
    expect(brief(clocks({}, [said(monday('18:00'), 'outbound')]), 'first_response')).toEqual([
      ['met', 480, '11-09 18:00'],
    ]);
    expect(brief(clocks({}, [said(tuesday('09:01'), 'outbound')]), 'first_response')[0]?.[0]).toBe(
      'breached',
    );
    expect(brief(clocks({}, [], { now: monday('17:59') }), 'first_response')).toEqual([
      ['due', 479, '11-09 18:00'],
    ]);
  });

  it('is not stopped by an attempt that reached nobody, nor by waiting for a customer who was told nothing', () => {
    const history = [
      { at: monday('09:00'), to: 'new' },
      { at: monday('10:00'), from: 'new', to: 'waiting_customer' },
    ];
    const busy = said(monday('11:00'), 'outbound', { outcome: 'busy' });
    expect(brief(clocks({ state: 'waiting_customer', history }, [busy]), 'first_response')[0]?.[0]).toBe(
      'breached',
    );
  });

  it('is the one that began first where cases were merged, by the channel of that', () => {
    const merged = [kase({ channel: 'phone', opened_at: '2026-11-06T09:00:00+01:00', state: 'merged' })];
    expect(brief(clocks({ channel: 'fax' }, [], { merged }), 'first_response')[0]?.[2]).toBe('11-06 13:00');
  });
});

describe('the clock of the next response', () => {
  it('never takes the place of the first', () => {
    const list = clocks({}, [said(monday('12:00'), 'inbound'), said(monday('15:00'), 'inbound')]);
    expect(brief(list, 'next_response')).toEqual([]);
    expect(nextDeadline(list, timeZone)).toMatchObject({ due_for: 'first_response', overdue: true });
  });

  it('runs from each word that was left unanswered', () => {
    const list = clocks({}, [
      said(monday('10:00'), 'outbound'),
      said(monday('11:00'), 'inbound'),
      said(monday('12:00'), 'inbound'),
      said(monday('15:00'), 'outbound'),
      said(friday('09:00'), 'inbound'),
    ]);
    expect(brief(list, 'next_response')).toEqual([
      ['met', 180, '11-09 16:00'],
      ['due', 60, '11-13 13:00'],
    ]);
  });
});

describe('the clock of the resolution', () => {
  const history = [
    { at: monday('09:00'), to: 'new' },
    { at: monday('12:00'), from: 'new', to: 'waiting_customer' },
    { at: tuesday('12:00'), from: 'waiting_customer', to: 'open' },
  ];

  it('rests while the customer is waited for', () => {
    expect(brief(clocks({ state: 'open', history }), 'resolution')).toEqual([
      ['due', 73 * 60, '11-20 09:00'],
    ]);
    const heard = [said(monday('15:00'), 'inbound')];
    // What he says ends the wait, though nobody moved the case.
    expect(clocks({ state: 'waiting_customer', history: history.slice(0, 2) }, heard).at(-1)).toMatchObject({
      clock: 'resolution',
      paused: false,
      minutes: 94 * 60,
    });
    const waiting = clocks({ state: 'waiting_customer', history: history.slice(0, 2) });
    expect(waiting.find(({ clock }) => clock === 'resolution')).toMatchObject({ paused: true, minutes: 180 });
  });

  it('runs on where the case is opened again, without the time it was held for solved', () => {
    const solved = [...history, { at: tuesday('13:00'), from: 'open', to: 'resolved' }];
    expect(brief(clocks({ state: 'resolved', history: solved }), 'resolution')[0]).toEqual([
      'met',
      240,
      '11-20 09:00',
    ]);
    const again = [...solved, { at: friday('09:00'), from: 'resolved', to: 'open' }];
    expect(brief(clocks({ state: 'open', history: again }), 'resolution')[0]?.slice(0, 2)).toEqual([
      'due',
      300,
    ]);
  });

  it('is not guessed where the history does not lead to the state', () => {
    expect(brief(clocks({ state: 'closed', history }), 'resolution')).toEqual([]);
  });

  it('counts nothing below zero where the clocks were set back', () => {
    const back = [
      { at: monday('09:00'), to: 'new' },
      { at: '2026-11-08T09:00:00+01:00', from: 'new', to: 'resolved' },
    ];
    expect(brief(clocks({ state: 'resolved', history: back }), 'resolution')[0]?.slice(0, 2)).toEqual([
      'met',
      0,
    ]);
  });
});

describe('the clock of a hand-over', () => {
  const given = { at: monday('10:00'), by: 'anna', owner: 'dino' };
  const history = (...more: object[]) => ({ history: [{ at: monday('09:00'), to: 'new' }, given, ...more] });

  it('runs until the other accepts, by whatever he does', () => {
    expect(brief(clocks(history()), 'hand_over')).toEqual([['breached', 32 * 60, '11-09 12:00']]);
    const accepted = { at: monday('11:00'), by: 'dino', activity: 'accept' };
    expect(brief(clocks(history(accepted)), 'hand_over')).toEqual([['met', 60, '11-09 12:00']]);
    const called = said(monday('11:30'), 'outbound', { by: 'dino' });
    expect(brief(clocks(history(), [called]), 'hand_over')).toEqual([['met', 90, '11-09 12:00']]);
  });

  it('also runs for a colleague who was asked, beside that of the case', () => {
    const asked = { at: tuesday('09:00'), by: 'dino', from: 'open', to: 'waiting_internal', asked: 'carla' };
    const list = clocks({ ...history(asked), state: 'waiting_internal' }, [], { now: tuesday('10:00') });
    expect(list.filter(({ clock }) => clock === 'hand_over').map(({ who, state }) => [who, state])).toEqual([
      ['dino', 'breached'],
      ['carla', 'due'],
    ]);
  });
});

describe('a hand-over that was taken back', () => {
  const taken = (time: string) => ({
    history: [
      { at: monday('09:00'), to: 'new' },
      { at: monday('10:00'), by: 'anna', owner: 'dino' },
      { at: monday(time), by: 'anna', owner: 'carla' },
    ],
  });
  const ofDino = (time: string) =>
    clocks(taken(time))
      .filter(({ who }) => who === 'dino')
      .map(({ state }) => state);

  it('in time is neither met nor missed; late it is missed', () => {
    expect(ofDino('11:00')).toEqual([]);
    expect(ofDino('12:30')).toEqual(['breached']);
  });
});

describe('a case that was merged', () => {
  it('leaves what was said in it to the case that goes on', () => {
    const merged = { at: tuesday('09:00'), by: 'anna', from: 'new', to: 'merged' };
    const some = { state: 'merged', history: [{ at: monday('09:00'), to: 'new' }, merged] };
    expect(clocks(some, [said(monday('10:00'), 'outbound'), said(monday('11:00'), 'inbound')])).toEqual([]);
  });
});

describe('a case whose history does not lead to its state', () => {
  const given = { at: monday('10:00'), by: 'anna', owner: 'dino' };
  const names = (state: string, interactions: CaseInteraction[]) =>
    clocks({ state, history: [{ at: monday('09:00'), to: 'waiting_customer' }, given] }, interactions).map(
      ({ clock }) => clock,
    );

  it('has what does not hang on its moves, as long as it is open', () => {
    expect(names('open', [])).toEqual(['first_response', 'hand_over']);
    const word = [said(monday('10:00'), 'outbound'), said(monday('11:00'), 'inbound')];
    expect(names('open', word)).toEqual(['first_response', 'next_response', 'hand_over']);
    expect(names('closed', [])).toEqual([]);
    expect(names('closed', word)).toEqual(['first_response']);
  });
});

it('a calendar that is not there is no guess', () => {
  expect(() => clocks({}, [], { calendars: new Map() })).toThrow(
    expect.objectContaining({ code: 'invalid', hint: expect.stringContaining('calendars/office.yaml') }),
  );
});
