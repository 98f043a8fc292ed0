import type { EnrolledLine, EnrolmentLine, StoppedLine } from './enrolment-line.js';

/** A person in a sequence, as the ledger has it. */
export interface Enrolment {
  /** Id of the contact; of one that was merged, of its survivor. */
  contact: string;
  /** Reference of the contact when he was enrolled. */
  ref: string;
  /** When it began or, after a stop, began again; epoch milliseconds. */
  since: number;
  by: string;
  why: string;
  /** Set where it ended before its last step. */
  stopped?: Pick<StoppedLine, 'at' | 'by' | 'reason' | 'why' | 'evidence'>;
  /** Steps that were passed over, with when, epoch milliseconds. */
  skipped: ReadonlyMap<string, number>;
}

/** After what came at the same moment: a stop is of somebody enrolled, and only who was stopped is taken up again. */
const order = { enrolled: 0, skipped: 1, stopped: 2 } as const;

/**
 * Who is in a sequence, from the lines of all clones in any order; a line may come twice. Who is enrolled twice is
 * enrolled once, since the first time; who was stopped stays so, unless somebody takes him up again.
 * @param survivorOf the id that a reference leads to; undefined for no reference
 * @returns in the order of enrolment
 */
export function enrolmentsOf(
  lines: Iterable<EnrolmentLine>,
  survivorOf: (ref: string) => string | undefined,
): Enrolment[] {
  const unique = [...new Map(Array.from(lines, (line) => [line.id, line])).values()];
  const rank = (line: EnrolmentLine) => (line.event === 'enrolled' && line.again ? 3 : order[line.event]);
  const key = ({ contact, id }: EnrolmentLine) => `${contact} ${id}`;
  unique.sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || rank(a) - rank(b) || (key(a) < key(b) ? -1 : 1),
  );
  const found = new Map<string, Enrolment & { skipped: Map<string, number> }>();
  for (const line of unique) {
    const contact = survivorOf(line.contact);
    if (contact === undefined) continue;
    const known = found.get(contact);
    if (line.event === 'enrolled') {
      if (!known) found.set(contact, { ...begun(line), contact, skipped: new Map() });
      else if (line.again && known.stopped) {
        Object.assign(known, begun(line));
        delete known.stopped;
      }
    } else if (line.event === 'stopped') {
      const { at, by, reason, why, evidence } = line;
      if (known && !known.stopped)
        known.stopped = { at, by, reason, why, ...(evidence === undefined ? {} : { evidence }) };
    } else if (known && !known.skipped.has(line.step)) known.skipped.set(line.step, Date.parse(line.at));
  }
  return [...found.values()];
}

function begun({ contact, at, by, why }: EnrolledLine): Pick<Enrolment, 'ref' | 'since' | 'by' | 'why'> {
  return { ref: contact, since: Date.parse(at), by, why };
}
