import type { Fault } from '../check/fault.js';
import { ItacaError } from '../error.js';
import { parseQuery } from '../query/query.js';
import { nearest } from '../search/word-forms.js';
import { type SequenceFile, type Step, type StepWording, sequenceSchema } from './sequence.js';

/** What a sequence is judged against. */
export interface SequenceSurroundings {
  name: string;
  calendars: ReadonlySet<string>;
  offices: ReadonlySet<string>;
  members: ReadonlySet<string>;
  purposes: ReadonlySet<string>;
  /** Whether there is a file of this name in `sequences/<name>/`. */
  hasFile(name: string): boolean;
}

/** What is wrong with a sequence beyond its schema: names nobody knows, steps told apart by nothing or saying nothing. */
export function sequenceFaults(sequence: SequenceFile, around: SequenceSurroundings): Fault[] {
  const { purpose, office, calendar, enroll, steps } = sequence;
  const { purposes, offices } = around;
  const keys = Object.keys(sequenceSchema.shape);
  return [
    ...Object.keys(sequence).flatMap((key): Fault[] => {
      const meant = keys.includes(key) ? undefined : nearest(key, keys);
      if (meant === undefined) return [];
      return [{ at: [key], message: `a sequence has no key "${key}"`, hint: `did you mean ${meant}?` }];
    }),
    ...unknown(['purpose'], 'purpose', purpose, purposes),
    ...unknown(['office'], 'office', office, offices),
    ...calendarFault(['calendar'], calendar, around),
    ...queryFault(enroll),
    ...nameFault(around.name),
    ...steps.flatMap((step, position) => stepFaults(step, position, around)),
  ];
}

function nameFault(name: string): Fault[] {
  if (/^[\p{L}\p{N}_-]+$/u.test(name)) return [];
  const message = `the file is named "${name}.yaml", and such a sequence is not run`;
  return [{ at: [], message, hint: 'name it with letters, digits, _ and -' }];
}

function stepFaults(step: Step, position: number, around: SequenceSurroundings): Fault[] {
  const { id, purpose, calendar, channel, body, file, by } = step;
  const at = (key: string) => ['steps', position, key];
  const faults = [
    ...unknown(at('purpose'), 'purpose', purpose, around.purposes),
    ...calendarFault(at('calendar'), calendar, around),
    ...unknown(at('by'), 'member', by, around.members),
  ];
  if (body !== undefined && file !== undefined)
    faults.push({ at: at('file'), message: 'steps: a step has a body or a file, not both' });
  if (body === undefined && file === undefined && channel !== 'phone')
    faults.push({ at: at('id'), message: `steps: "${id}" says nothing`, hint: 'give it a body, or a file' });
  for (const [key, name] of wordings(file)) {
    if (around.hasFile(name)) continue;
    const place = key === undefined ? at('file') : [...at('file'), key];
    faults.push({ at: place, message: `steps: there is no sequences/${around.name}/${name}` });
  }
  return faults;
}

/** Each text with its language, undefined where there is one for all. */
function wordings(words: StepWording | undefined): [language: string | undefined, text: string][] {
  if (words === undefined) return [];
  return typeof words === 'string' ? [[undefined, words]] : Object.entries(words);
}

function unknown(
  at: Fault['at'],
  what: string,
  name: string | undefined,
  known: ReadonlySet<string>,
): Fault[] {
  if (name === undefined || known.size === 0 || known.has(name)) return [];
  const message = `${at[0]}: itaca.yaml knows no ${what} "${name}"`;
  return [{ at, message, hint: `there are: ${[...known].join(', ')}` }];
}

function calendarFault(
  at: Fault['at'],
  name: string | undefined,
  { calendars }: SequenceSurroundings,
): Fault[] {
  if (name === undefined || calendars.has(name)) return [];
  const hint =
    calendars.size > 0 ? `calendars are: ${[...calendars].join(', ')}` : 'write calendars/<name>.yaml';
  return [{ at, message: `${at[0]}: there is no calendar "${name}"`, hint }];
}

function queryFault(query: string | undefined): Fault[] {
  if (query === undefined) return [];
  try {
    parseQuery(query);
    return [];
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return [{ at: ['enroll'], message: `enroll: ${error.message}`, hint: 'see: itaca help queries' }];
  }
}
