import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../calendars/calendar.js';
import { businessCalendar } from '../calendars/open-hours.js';
import type { Case } from './case.js';
import type { CaseFile, CaseInteraction } from './case-file.js';
import { type Clock, caseClocks, nextDeadline } from './clocks.js';
import { escalationsDue } from './escalation.js';
import { missingFor } from './evidence.js';
import { meterOf } from './meter.js';
import { processSchema } from './process.js';
import { caseStates, isOpen } from './states.js';
import { stretchesOf } from './stretches.js';

const timeZone = 'Europe/Rome';
const week = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-13:00', '14:00-18:00']]),
);
const office = businessCalendar('office', calendarSchema.parse({ timezone: timeZone, week }), () => false);
const deadlines = (calendar?: string) =>
  ['first_response', 'next_response', 'hand_over', 'resolution'].map((clock, n) => ({
    ...{ clock, within: `PT${8 * (n + 1)}H`, ...(calendar ? { calendar } : {}) },
  }));
const escalation = [
  { level: '1', after: 'PT0S' },
  { level: '2', after: 'PT8H' },
  { level: '2', signal: 'reopened' },
  { level: '2', signal: 'repeated_contact' },
];
const evidence = { resolved: ['answer'], closed: ['confirmation'] };
const byWall = processSchema.parse({ type: 'x', deadlines: deadlines(), escalation, evidence });
const byOffice = processSchema.parse({ type: 'x', deadlines: deadlines('office'), escalation, evidence });
const processes = fc.constantFrom(byWall, byOffice);
const world = (now: number) => ({ now, timeZone, calendars: new Map([['office', office]]) });

// The weeks around the end of summer time.
const begin = Date.parse('2026-10-12T00:00:00Z');
const minute = 60_000;
const moment = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((n) => begin + n * minute);
const iso = (at: number) => new Date(at).toISOString();
const member = fc.constantFrom('anna', 'dino', 'carla');
const state = fc.constantFrom(...caseStates);

const entry = fc
  .record(
    {
      at: moment,
      by: member,
      from: state,
      to: state,
      owner: member,
      office: fc.constant('press'),
      asked: member,
      activity: fc.constantFrom('accept', 'escalate', 'imported'),
    },
    { requiredKeys: ['at'] },
  )
  .map(({ at, ...rest }) => ({ at: iso(at), ...rest }));
const interaction = fc.record({
  ref: fc.constant('x'),
  at: moment,
  direction: fc.constantFrom('inbound', 'outbound', 'internal', null),
  channel: fc.constantFrom('phone', 'email', null),
  by: fc.option(member),
  outcome: fc.constantFrom('no_answer', 'held', null),
});
const interactions = fc
  .array(interaction, { maxLength: 8 })
  .map((list): CaseInteraction[] => list.sort((a, b) => a.at - b.at));
const kase = fc
  .record({ state, opened: moment, history: fc.array(entry, { maxLength: 8 }), owner: fc.option(member) })
  .map(
    ({ opened, owner, ...rest }) =>
      ({ title: 'x', opened_at: iso(opened), owner: owner ?? undefined, ...rest }) as unknown as Case,
  );
const file: fc.Arbitrary<CaseFile> = fc.record({
  data: kase,
  merged: fc.array(kase, { maxLength: 2 }),
  interactions,
});

/** A history in which every move leads on from the one before, and the state is where it leads. */
const orderly = fc
  .tuple(
    moment,
    fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.constantFrom(...caseStates.slice(1, 6))), {
      maxLength: 8,
    }),
    interactions,
  )
  .map(([opened, moves, passed]): CaseFile => {
    let [at, from] = [opened, 'new'];
    const history = moves.map(([minutes, to]) => {
      at += minutes * minute;
      const move = { at: iso(at), by: 'anna', from, to };
      from = to;
      return move;
    });
    const data = { title: 'x', opened_at: iso(opened), state: from, history } as Case;
    return { data, merged: [], interactions: passed };
  });

const one = (clocks: readonly Clock[], name: string) => clocks.find(({ clock }) => clock === name);

describe('clocks of whatever history', () => {
  it('never throw, never count below nothing, and end no sooner than they begin', () => {
    fc.assert(
      fc.property(file, processes, moment, (of, process, now) => {
        const clocks = caseClocks(of, process, world(now));
        for (const { minutes, due, started, ended, state: is, paused } of clocks) {
          expect(minutes).toBeGreaterThanOrEqual(0);
          expect(due).toBeGreaterThanOrEqual(started);
          if (ended !== null) expect(ended).toBeGreaterThanOrEqual(started);
          expect(is).not.toBe(ended === null ? 'met' : 'due');
          if (ended !== null) expect(paused).toBe(false);
        }
        nextDeadline(clocks, timeZone);
        escalationsDue(of, process, clocks, [now], world(now));
        missingFor('closed', of, process, { now, timeZone, confirmed: false });
      }),
      { numRuns: 500 },
    );
  });

  it('never throw for what is no history at all', () => {
    const junk = fc.oneof(fc.anything(), fc.array(fc.oneof(fc.anything(), entry)));
    fc.assert(
      fc.property(junk, fc.oneof(fc.string(), moment.map(iso)), state, (history, opened_at, is) => {
        const data = { title: 'x', state: is, opened_at, history } as unknown as Case;
        const of = { data, merged: [], interactions: [] };
        const clocks = caseClocks(of, byWall, world(begin));
        nextDeadline(clocks, timeZone);
        escalationsDue(of, byWall, clocks, [], world(begin));
      }),
    );
  });

  it('go on one way as time goes: from due to breached, and what is met stays met', () => {
    fc.assert(
      fc.property(file, processes, moment, moment, (of, process, some, other) => {
        const [before, after] = [Math.min(some, other), Math.max(some, other)].map((now) =>
          caseClocks(of, process, world(now)),
        ) as [Clock[], Clock[]];
        expect(after.map(({ clock, started }) => [clock, started])).toEqual(
          before.map(({ clock, started }) => [clock, started]),
        );
        before.forEach((earlier, position) => {
          const later = after[position] as Clock;
          if (earlier.state === 'due') expect(later.state).not.toBe('met');
          else expect(later.state).toBe(earlier.state);
          expect(later.minutes).toBeGreaterThanOrEqual(earlier.minutes - 1e-6);
          expect(later.due).toBeGreaterThanOrEqual(earlier.due);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('raise no step twice, and take none back, while the case is open', () => {
    fc.assert(
      fc.property(orderly, processes, moment, moment, (of, process, some, other) => {
        const keys = (now: number) =>
          escalationsDue(of, process, caseClocks(of, process, world(now)), [], world(now)).map(
            ({ key }) => key,
          );
        const [early, late] = [keys(Math.min(some, other)), keys(Math.max(some, other))];
        expect(late).toEqual(expect.arrayContaining(early));
        expect(new Set(late).size).toBe(late.length);
        if (!isOpen(of.data.state)) expect(late).toEqual([]);
      }),
    );
  });
});

describe('a pause', () => {
  const unpaused = (of: CaseFile): CaseFile => ({
    ...of,
    data: {
      ...of.data,
      state: of.data.state === 'waiting_customer' ? 'waiting_internal' : of.data.state,
      history: of.data.history?.map((move) => ({
        ...move,
        ...(move.from === 'waiting_customer' ? { from: 'waiting_internal' } : {}),
        ...(move.to === 'waiting_customer' ? { to: 'waiting_internal' } : {}),
      })),
    },
  });

  it('never makes a clock longer or its deadline sooner', () => {
    fc.assert(
      fc.property(orderly, processes, moment, (of, process, now) => {
        const [cut, whole] = [of, unpaused(of)].map((each) =>
          one(caseClocks(each, process, world(now)), 'resolution'),
        ) as [Clock, Clock];
        expect(cut.started).toBe(whole.started);
        expect(cut.minutes).toBeLessThanOrEqual(whole.minutes + 1e-6);
        expect(cut.due).toBeGreaterThanOrEqual(whole.due);
      }),
      { numRuns: 500 },
    );
  });

  it('moves the deadline by the time that was paused before it came, to the minute', () => {
    fc.assert(
      fc.property(orderly, processes, moment, (told, process, now) => {
        // A word of the customer would end the wait before the case is moved.
        const of = { ...told, interactions: [] };
        const clock = one(caseClocks(of, process, world(now)), 'resolution') as Clock;
        const meter = meterOf(clock.deadline, world(now));
        const until = clock.ended ?? Math.max(now, clock.started);
        const plain = meter.add(clock.started, clock.deadline.within);
        const rests = stretchesOf(of, process)
          .filter(({ category }) => category !== 'open')
          .map(({ from, to }) => [from, Math.min(to ?? until, until)] as const)
          .filter(([from, to]) => from < clock.due && to > from);
        const rested = rests.reduce((all, [from, to]) => all + meter.between(from, to), 0);
        expect(meter.between(plain, clock.due)).toBeCloseTo(rested, 0);
      }),
      { numRuns: 500 },
    );
  });
});

it('merging never makes the first response later due, nor the case younger', () => {
  fc.assert(
    fc.property(file, kase, processes, moment, (of, other, process, now) => {
      const due = (each: CaseFile) => one(caseClocks(each, process, world(now)), 'first_response');
      const [before, after] = [due(of), due({ ...of, merged: [...of.merged, other] })];
      if (!before || !after) return;
      expect(after.started).toBeLessThanOrEqual(before.started);
      expect(after.due).toBeLessThanOrEqual(before.due);
    }),
  );
});

it('opening a case again keeps the start of its clocks and the first answer', () => {
  fc.assert(
    fc.property(orderly, processes, moment, (of, process, now) => {
      const at = iso(Math.max(now, ...stretchesOf(of, process).map(({ from }) => from)) + minute);
      const { state: from, history = [] } = of.data;
      const moves = from === 'resolved' ? [] : [{ at, by: 'anna', from, to: 'resolved' } as const];
      const again: CaseFile = {
        ...of,
        data: {
          ...of.data,
          state: 'open',
          history: [...history, ...moves, { at, from: 'resolved', to: 'open' }],
        },
      };
      for (const name of ['first_response', 'resolution']) {
        const [before, after] = [of, again].map((each) => one(caseClocks(each, process, world(now)), name));
        expect(after?.started).toBe(before?.started);
        if (name === 'first_response') expect(after).toEqual(before);
        else expect(after?.ended).toBeNull();
      }
    }),
  );
});

it('a merge that was taken back leaves every clock as it was', () => {
  fc.assert(
    fc.property(orderly, processes, moment, (of, process, now) => {
      const at = iso(Math.max(now, ...stretchesOf(of, process).map(({ from }) => from)));
      const { state: from, history = [] } = of.data;
      const there = { at, by: 'anna', from, to: 'merged' };
      const back = { at, by: 'anna', from: 'merged', to: from };
      const again = { ...of, data: { ...of.data, history: [...history, there, back] } };
      if (history.length === 0 && from !== 'new') return;
      expect(caseClocks(again, process, world(now))).toEqual(caseClocks(of, process, world(now)));
    }),
  );
});
