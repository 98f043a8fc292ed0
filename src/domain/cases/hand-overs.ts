import type { CaseFile } from './case-file.js';
import { historyOf } from './history-of.js';

/** Somebody was given a case, or asked in it. */
export interface HandOver {
  /** Epoch milliseconds. */
  from: number;
  /** When he first did something about it, or no longer had to; null while he has not. */
  to: number | null;
  /** The member or office that has to accept. */
  who: string;
  /** Who handed it over. */
  by: string | undefined;
  /** Whether he accepted, and was not spared by others. */
  accepted: boolean;
}

interface Entry {
  at: string;
  by?: string | undefined;
  owner?: unknown;
  office?: unknown;
  asked?: unknown;
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * The hand-overs of a case in the order of time. Anything that the other does in the case accepts it: `case accept`, a
 * move, an interaction. For an office that is any of its members, and whoever owns the case since: nobody did when it
 * was given. Who takes a case for himself hands nothing over.
 * @param officeOf the office of a member, for cases that were given to an office
 */
export function handOvers(
  { data, interactions }: CaseFile,
  officeOf: (member: string) => string | undefined = () => undefined,
): HandOver[] {
  const history = historyOf(data) as readonly Entry[];
  const found: HandOver[] = [];
  let given: HandOver | undefined;
  let toOffice = false;
  let asked: HandOver | undefined;
  const end = (handOver: HandOver | undefined, at: number, accepted: boolean) => {
    // A clock that was set back ends nothing before it began.
    if (handOver && handOver.to === null)
      Object.assign(handOver, { to: Math.max(at, handOver.from), accepted });
    return undefined;
  };
  const begin = (who: string, at: number, by: string | undefined): HandOver => {
    const handOver: HandOver = { from: at, to: null, who, by, accepted: false };
    found.push(handOver);
    return handOver;
  };
  const acts = (member: string | undefined, at: number) => {
    if (member === undefined) return;
    const mine = (one: HandOver | undefined) => one?.who === member || (one && one.who === officeOf(member));
    if (mine(given) || (toOffice && member === data.owner)) given = end(given, at, true);
    if (mine(asked)) asked = end(asked, at, true);
  };
  let next = 0;
  const until = (moment: number) => {
    for (; next < interactions.length; next++) {
      const one = interactions[next] as (typeof interactions)[number];
      if (one.at >= moment) return;
      acts(one.by ?? undefined, one.at);
    }
  };
  for (const entry of history) {
    const at = Date.parse(entry.at);
    until(at);
    acts(entry.by, at);
    const owner = typeof entry.owner === 'string' ? entry.owner : undefined;
    const office = typeof entry.office === 'string' ? entry.office : undefined;
    const who = owner ?? office;
    if (who !== undefined) {
      end(given, at, false);
      given = who === entry.by ? undefined : begin(who, at, entry.by);
      toOffice = owner === undefined;
    }
    if (entry.from === 'waiting_internal') asked = end(asked, at, false);
    if (typeof entry.asked === 'string' && entry.asked !== entry.by) asked = begin(entry.asked, at, entry.by);
  }
  until(Number.POSITIVE_INFINITY);
  return found;
}
