import type { Config } from '../config/config.js';
import { derivedId } from '../records/derived-id.js';
import { isoInstant } from '../time/clock.js';
import type { Case } from './case.js';
import type { EscalationDue } from './escalation.js';
import { historyOf } from './history-of.js';
import { priorities } from './states.js';
import { membersTold } from './told.js';

/** Who signs what Itaca does of itself. */
export const machine = 'itaca';

/** A step of an escalation as a case's history has it. */
export interface RaisedEntry {
  /** The same for the same step of the same case in every clone. */
  id: string;
  at: string;
  by: string;
  activity: 'escalate';
  level: string;
  notify: string;
  why: string;
}

/** What an escalation makes of a case. */
export interface Raised {
  /** To be put at the end of its history; empty where all is on record. */
  entries: RaisedEntry[];
  /** For each entry the members whom it tells. */
  told: string[][];
  /** Its new priority, where that is higher than its own. */
  set: Pick<Case, 'priority'>;
}

/** The steps that are not on record yet, as they are written down. What is written says the same in every clone. */
export function raiseCase(
  { id, data }: { id: string; data: Case },
  due: readonly EscalationDue[],
  config: Pick<Config, 'id' | 'members' | 'offices' | 'channels'>,
  timeZone: string,
): Raised {
  const known = new Set(historyOf(data).map((entry) => entry.id));
  const raised: Raised = { entries: [], told: [], set: {} };
  for (const { level, at, notify, why, priority, key } of due) {
    const own = derivedId(config.id, 'escalation', `${id} ${key}`);
    if (known.has(own)) continue;
    const told = membersTold(notify, data, config);
    raised.told.push(told);
    raised.entries.push({
      id: own,
      at: isoInstant(at, timeZone),
      by: machine,
      activity: 'escalate',
      level,
      notify: told.length > 0 ? told.join(', ') : notify,
      why,
    });
    if (rank(priority) > rank(raised.set.priority ?? data.priority ?? 'normal')) raised.set = { priority };
  }
  return raised;
}

function rank(priority: Case['priority']): number {
  return priority === undefined ? -1 : priorities.indexOf(priority);
}
