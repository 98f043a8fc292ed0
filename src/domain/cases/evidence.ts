import { idOfRef } from '../records/ids.js';
import { addDuration } from '../time/clock.js';
import { type CaseFile, firstOpened, isAnswer, isWrittenAnswer } from './case-file.js';
import type { Evidence, Process } from './process.js';
import { reopenings, type Stretch, stretchesOf } from './stretches.js';

/** What is on file beside the case itself. */
export interface OnFile {
  /** Epoch milliseconds. */
  now: number;
  /** Of the waiting period in days; IANA name. */
  timeZone: string;
  /** Whether the agreement of the case names what confirmed its end in writing; undefined where the case names none. */
  confirmed: boolean | undefined;
}

/** Something that must be on record before a case may move, and is not. */
export interface Missing {
  /** The field or evidence by the name that the process has for it. */
  what: string;
  /** For people: what is missing and how to put it on record. */
  message: string;
}

const fieldHints: Record<string, string> = {
  owner: 'nobody owns it: case assign, or case accept',
  cause: 'no cause is on record: --cause',
  remedy: 'no remedy is on record: --remedy',
  agreement: 'it names no agreement: case link',
  order: 'it names no order: case link',
  contact: 'it names no customer: case link',
  confirmed_by_customer: 'the customer did not confirm it: --confirmed',
  corrective_action: 'it names no corrective action: case link',
};

/**
 * What a case lacks to enter a state: fields that the process requires, and evidence that nothing on file gives. After a
 * case was opened again, what was said before does not count.
 */
export function missingFor(
  state: keyof NonNullable<Process['required']>,
  file: CaseFile,
  process: Process | undefined,
  onFile: OnFile,
): Missing[] {
  const data = file.data as Record<string, unknown>;
  const empty = (value: unknown) => value === undefined || value === null || value === '';
  const fields = (process?.required?.[state] ?? [])
    .filter((field) => empty(data[field]))
    .map((field): Missing => ({ what: field, message: fieldHints[field] ?? `${field} is not on record` }));
  const evidence = (process?.evidence?.[state] ?? []).flatMap((what): Missing[] => {
    const message = process && lacks(what, file, process, onFile);
    return message ? [{ what, message }] : [];
  });
  return [...fields, ...evidence];
}

function lacks(what: Evidence, file: CaseFile, process: Process, onFile: OnFile): string | undefined {
  const stretches = stretchesOf(file, process);
  const since = reopenings(stretches).at(-1) ?? Date.parse(firstOpened(file).opened_at);
  const later = file.interactions.filter(({ at }) => at >= since);
  switch (what) {
    case 'answer':
      if (!later.some(isAnswer)) return 'no answer has left yet: case reply';
      return lastWordAnswered(file, stretches)
        ? undefined
        : 'what the customer said last before it was resolved has no answer: case reply';
    case 'written_answer':
      return later.some(isWrittenAnswer)
        ? undefined
        : 'no answer has left in writing yet: case reply --channel letter';
    case 'written_confirmation':
      // Without an agreement on file there is nothing that could name it; a letter is one all the same.
      if (onFile.confirmed ?? later.some(isWrittenAnswer)) return undefined;
      return `the written confirmation is not on file: case reply --channel letter${onFile.confirmed === undefined ? '' : ' --confirms'}`;
    case 'confirmation':
      return confirmed(file, process, stretches, since, onFile);
  }
}

/** Whether an answer followed the last thing that the customer said before the case was held for solved. */
function lastWordAnswered({ interactions, data }: CaseFile, stretches: readonly Stretch[]): boolean {
  const last = stretches.at(-1);
  const resolved = last?.category === 'resolved' ? last.from : Number.POSITIVE_INFINITY;
  const named = idOfRef(data.confirmed_by_customer ?? '');
  const word = interactions.findLast(
    ({ direction, at, ref }) =>
      direction === 'inbound' && at < resolved && (named === undefined || idOfRef(ref) !== named),
  );
  return word === undefined || interactions.some((one) => one.at >= word.at && isAnswer(one));
}

/** The customer's own word, or his silence for the time that the process names. */
function confirmed(
  { data, interactions }: CaseFile,
  process: Process,
  stretches: readonly Stretch[],
  since: number,
  { now, timeZone }: OnFile,
): string | undefined {
  const named = data.confirmed_by_customer;
  if (named !== undefined) {
    const word = interactions.find(({ ref }) => idOfRef(ref) === idOfRef(named));
    // What he said before anything was answered is what he asked for.
    const answer = interactions.find((one) => one.at >= since && isAnswer(one));
    if (word === undefined || (answer !== undefined && word.at >= answer.at)) return undefined;
  }
  const missing = 'the customer has not confirmed it: --confirmed <interaction>';
  const { close_after: wait } = process;
  const resolved = stretches.at(-1)?.category === 'resolved' ? stretches.at(-1)?.from : undefined;
  if (wait === undefined || resolved === undefined) return missing;
  const free = addDuration(resolved, wait, timeZone);
  const objection = interactions.some(({ at, direction }) => direction === 'inbound' && at > resolved);
  if (objection) return `${missing}; he has written since it was resolved`;
  if (free <= now) return undefined;
  const left = Math.ceil((free - now) / 86_400_000);
  return `${missing}; or wait ${left} ${left === 1 ? 'day' : 'days'} more without a word from him`;
}
