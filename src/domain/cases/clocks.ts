import type { BusinessCalendar } from '../calendars/open-hours.js';
import { isoInstant } from '../time/clock.js';
import type { Case } from './case.js';
import { type CaseFile, firstOpened, isAnswer } from './case-file.js';
import { handOvers } from './hand-overs.js';
import { type Meter, meterOf } from './meter.js';
import type { ClockName, Deadline, Process } from './process.js';
import { isOpen } from './states.js';
import { agreesWithState, type Stretch, stretchesOf } from './stretches.js';

/** Whether something happened in time, may still, or did not. */
export type ClockState = 'met' | 'due' | 'breached';

/** A deadline of a case and what became of it. Times are epoch milliseconds. */
export interface Clock {
  clock: ClockName;
  state: ClockState;
  started: number;
  due: number;
  /** When what was awaited happened; null while it has not. */
  ended: number | null;
  /** Whether the clock rests now. */
  paused: boolean;
  /** How much of its time has passed, without pauses, in minutes of the deadline's calendar. */
  minutes: number;
  deadline: Deadline;
  /** Of a hand-over: the member or office that has to accept. */
  who?: string;
}

/** What the clocks are read by. */
export interface ClockWorld {
  /** Epoch milliseconds. */
  now: number;
  /** Of days and months in deadlines without a calendar; IANA name. */
  timeZone: string;
  /** Those that the deadlines name. */
  calendars: ReadonlyMap<string, BusinessCalendar>;
  /** The office of a member: what any of its members does ends the hand-over to an office. */
  officeOf?: (member: string) => string | undefined;
}

/**
 * The clocks of a case, derived from what is on file and never stored.
 *
 * - `first_response`: from the opening to the first answer that left. Nothing but an answer stops it: waiting for a
 *   customer to whom nothing was said is no pause.
 * - `next_response`: from each later word of the customer that was left unanswered to the answer. It begins after the
 *   first response, and so never takes its place. What was not answered when the case was resolved ends there.
 * - `resolution`: from the opening to the last time the case was held for solved. The times in which it waited for a word
 *   of the customer, or was taken for solved before it was opened again, are cut out.
 * - `hand_over`: from giving the case to somebody, or asking him, to the first thing he did about it. It ends unmet where
 *   the case was taken back late; taken back in time, it has no clock.
 *
 * A merged case has the clock that began first; what was said in it is counted there, and not again in the case that was
 * merged. A rejected case has no response due.
 * @throws ItacaError `invalid` where a deadline names a calendar that is not there
 */
export function caseClocks(file: CaseFile, process: Process | undefined, world: ClockWorld): Clock[] {
  if (!process?.deadlines || process.deadlines.length === 0) return [];
  const stretches = stretchesOf(file, process);
  const { state } = file.data;
  // A hand edit that moved the case without a word in its history: when it was done is not known, and not guessed.
  const known = agreesWithState(stretches, state);
  const done = known && stretches.at(-1)?.category === 'resolved';
  const resolved = done ? lastResolved(stretches) : null;
  const first = firstOpened(file);
  const opened = Date.parse(first.opened_at);
  if (Number.isNaN(opened)) return [];
  const answered = state !== 'rejected' && state !== 'merged';
  // What was not done by the time a case was done will not be; when it was done may be unknown.
  const runs = known ? !done : isOpen(state);
  const asked = { channel: first.channel, priority: file.data.priority };
  const clocks: Clock[] = [];
  const add = (
    clock: ClockName,
    started: number,
    ended: number | null,
    { spared, ...more }: { rests?: readonly Stretch[]; who?: string; spared?: boolean } = {},
  ) => {
    const deadline = deadlineFor(process, clock, asked);
    if (!deadline) return;
    const one = read(clock, deadline, started, ended, more, world);
    if (!spared || one.state !== 'met') clocks.push(one);
  };
  const passed = state === 'merged' ? [] : file.interactions;
  const answers = passed.filter(({ at }) => at >= opened).filter(isAnswer);
  const firstAnswer = answers[0]?.at ?? null;
  if (firstAnswer !== null || (answered && (known || runs))) add('first_response', opened, firstAnswer);
  for (const [from, to] of firstAnswer === null ? [] : unansweredAfter(file, firstAnswer, resolved)) {
    if (to !== null || (answered && runs)) add('next_response', from, to);
  }
  if (known && answered) {
    const rests = stretches
      .filter(({ category, from }) => category !== 'open' && (resolved === null || from < resolved))
      .map((rest) => (rest.category === 'paused' ? untilHeard(rest, passed) : rest));
    add('resolution', opened, resolved, { rests });
  }
  for (const { from, to, who, accepted } of handOvers(file, world.officeOf)) {
    if (to !== null || runs) add('hand_over', from, to, { who, spared: !accepted });
  }
  return clocks;
}

/** A time of waiting for the customer, which is over when he says something, whether anybody noticed or not. */
function untilHeard(rest: Stretch, interactions: CaseFile['interactions']): Stretch {
  const heard = interactions.find(({ direction, at }) => direction === 'inbound' && at > rest.from)?.at;
  return heard !== undefined && heard < (rest.to ?? Number.POSITIVE_INFINITY) ? { ...rest, to: heard } : rest;
}

/** The deadline that runs and comes first, as lists of cases show it. */
export interface NextDeadline {
  /** ISO 8601 with the offset of the zone; null where none runs. */
  due_at: string | null;
  due_for: ClockName | null;
  /** Whether a deadline has passed unmet. */
  overdue: boolean;
}

/** What of the clocks of a case still runs. One that rests is due only where it is too late already. */
export function nextDeadline(clocks: readonly Clock[], timeZone: string): NextDeadline {
  const running = clocks
    .filter(({ ended, paused, state }) => ended === null && (!paused || state === 'breached'))
    .sort((a, b) => a.due - b.due);
  const next = running[0];
  return {
    due_at: next ? isoInstant(next.due, timeZone) : null,
    due_for: next?.clock ?? null,
    overdue: next?.state === 'breached',
  };
}

function read(
  clock: ClockName,
  deadline: Deadline,
  started: number,
  ended: number | null,
  { rests = [], who }: { rests?: readonly Stretch[]; who?: string },
  world: ClockWorld,
): Clock {
  const meter = meterOf(deadline, world);
  const until = ended ?? Math.max(world.now, started);
  const due = dueAfter(meter, started, deadline, rests, until);
  const cut = rests.map((rest) => between(meter, rest, started, until)).reduce((a, b) => a + b, 0);
  const inTime = ended === null ? world.now < due : ended <= due;
  return {
    clock,
    state: inTime ? (ended === null ? 'due' : 'met') : 'breached',
    started,
    due,
    ended,
    paused: ended === null && rests.some(({ to }) => to === null),
    minutes: Math.max(0, (meter.between(started, until) - cut) / 60_000),
    deadline,
    ...(who === undefined ? {} : { who }),
  };
}

/** When a deadline comes: the time that a clock rests before it is added to it. */
function dueAfter(
  meter: Meter,
  started: number,
  { within }: Deadline,
  rests: readonly Stretch[],
  until: number,
): number {
  let due = meter.add(started, within);
  for (const rest of rests) {
    if (rest.from >= due) break;
    const lost = between(meter, rest, started, until);
    if (lost > 0) due = meter.addTime(due, lost);
  }
  return due;
}

function between(meter: Meter, rest: Stretch, started: number, until: number): number {
  const from = Math.max(rest.from, started);
  const to = Math.min(rest.to ?? until, until);
  return to > from ? meter.between(from, to) : 0;
}

/** When a case that is done was last moved from work to solved. */
function lastResolved(stretches: readonly Stretch[]): number | null {
  const last = stretches.findLastIndex(({ category }) => category !== 'resolved');
  return stretches[last + 1]?.from ?? null;
}

/** The times in which a word of the customer waited for an answer, after the first answer was given. */
function unansweredAfter(
  { interactions }: CaseFile,
  firstAnswer: number,
  resolved: number | null,
): [from: number, to: number | null][] {
  const waits: [number, number | null][] = [];
  let waiting: number | null = null;
  for (const interaction of interactions) {
    if (interaction.at < firstAnswer) continue;
    if (interaction.direction === 'inbound') {
      // What comes after the case was done is thanks, or opens it again.
      if (resolved === null || interaction.at < resolved) waiting ??= interaction.at;
    } else if (waiting !== null && isAnswer(interaction)) {
      waits.push([waiting, interaction.at]);
      waiting = null;
    }
  }
  if (waiting !== null) waits.push([waiting, resolved]);
  return waits;
}

/** The deadline that fits a case best: one for its channel and priority before a general one. */
export function deadlineFor(
  process: Process,
  clock: ClockName,
  { channel, priority = 'normal' }: Pick<Case, 'channel' | 'priority'>,
): Deadline | undefined {
  let best: Deadline | undefined;
  let most = -1;
  for (const deadline of process.deadlines ?? []) {
    if (deadline.clock !== clock) continue;
    if (deadline.channel !== undefined && deadline.channel !== channel) continue;
    if (deadline.priority !== undefined && deadline.priority !== priority) continue;
    const weight = (deadline.channel ? 2 : 0) + (deadline.priority ? 1 : 0);
    if (weight > most) [best, most] = [deadline, weight];
  }
  return best;
}
