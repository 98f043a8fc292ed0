import type { Fault } from '../check/fault.js';
import { nearest } from '../search/word-forms.js';
import { deadlineFaults } from './deadline-faults.js';
import { escalationFaults } from './escalation-faults.js';
import { gateFaults } from './gate-faults.js';
import { type Process, processSchema } from './process.js';
import { type CaseState, categoryOf } from './states.js';
import { statesOf, wayFaults } from './way-faults.js';

/** What a process is judged against. */
export interface ProcessSurroundings {
  /** The type that the file's name stands for. */
  type: string;
  calendars: ReadonlySet<string>;
  offices: ReadonlySet<string>;
  members: ReadonlySet<string>;
  channels: ReadonlySet<string>;
  /** Those that the workspace writes in, BCP 47. */
  languages: readonly string[];
}

/**
 * What is wrong with a process beyond its schema: names that nobody knows, states without a way in or out, deadlines
 * nobody answers for, evidence nothing can give. A process without faults brings every case to an end.
 */
export function processFaults(process: Process, surroundings: ProcessSurroundings): Fault[] {
  return [
    ...nameFaults(process, surroundings),
    ...stateFaults(process),
    ...wayFaults(process),
    ...categoryFaults(process),
    ...gateFaults(process),
    ...deadlineFaults(process, surroundings),
    ...escalationFaults(process, surroundings),
    ...playbookFaults(process, surroundings),
  ];
}

function nameFaults(process: Process, { type, offices }: ProcessSurroundings): Fault[] {
  const faults: Fault[] = [];
  const keys = Object.keys(processSchema.shape);
  for (const key of Object.keys(process)) {
    const meant = keys.includes(key) ? undefined : nearest(key, keys);
    if (meant !== undefined)
      faults.push({ at: [key], message: `a process has no key "${key}"`, hint: `did you mean ${meant}?` });
  }
  if (process.type !== type)
    faults.push({ at: ['type'], message: `type: is "${process.type}", but the file is named ${type}.yaml` });
  if (process.office !== undefined && offices.size > 0 && !offices.has(process.office))
    faults.push({ at: ['office'], message: `office: itaca.yaml knows no office "${process.office}"` });
  return faults;
}

/** States that stand somewhere in a process and not in its `states`. */
function stateFaults({
  states,
  moves = {},
  required = {},
  evidence = {},
  categories = {},
}: Process): Fault[] {
  if (!states) return [];
  const stray = (at: (string | number)[], state: string): Fault[] =>
    states.includes(state as CaseState)
      ? []
      : [{ at, message: `${at[0]}: ${state} is not among the states of this process` }];
  return [
    ...Object.entries(moves).flatMap(([from, targets]) => [
      ...stray(['moves', from], from),
      ...(targets ?? []).flatMap((to, position) => stray(['moves', from, position], to)),
    ]),
    ...Object.entries({ required, evidence, categories }).flatMap(([key, of]) =>
      Object.keys(of).flatMap((state) => stray([key, state], state)),
    ),
  ];
}

const ends: readonly CaseState[] = ['closed', 'merged', 'rejected'];

/** Categories by which a clock never runs, or never stops. */
function categoryFaults(process: Process): Fault[] {
  const { categories = {} } = process;
  const faults: Fault[] = ends
    .filter((state) => categories[state] !== undefined && categories[state] !== 'resolved')
    .map((state) => ({
      at: ['categories', state],
      message: `categories: ${state} is an end, where no clock runs or rests; it can only be resolved`,
    }));
  if (!statesOf(process).some((state) => categoryOf(state, process) === 'open'))
    faults.push({
      at: process.categories ? ['categories'] : ['states'],
      message: 'categories: no state is left in which a clock runs',
    });
  return faults;
}

/** Questions and steps that are worded for each language, and lack one of them. */
function playbookFaults({ playbook }: Process, { languages }: ProcessSurroundings): Fault[] {
  const wanted = playbook?.languages ?? languages;
  return (['questions', 'steps'] as const).flatMap((key) =>
    (playbook?.[key] ?? []).flatMap((words, position): Fault[] => {
      if (typeof words === 'string') return [];
      const missing = wanted.filter(
        (language) => words[language] === undefined && words[language.split('-')[0]!] === undefined,
      );
      if (missing.length === 0) return [];
      const message = `playbook.${key}: no wording in ${missing.join(', ')}`;
      return [
        {
          at: ['playbook', key, position],
          message,
          hint: 'write it, or say under playbook.languages which languages the playbook is in',
        },
      ];
    }),
  );
}
