import type { Agreement } from '../../domain/agreements/agreement.js';
import { ending } from '../../domain/agreements/steps.js';
import { machine } from '../../domain/cases/raise.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { changeOf } from '../agreements/apply-step.js';
import { overSince } from '../agreements/effective.js';
import type { Tools } from '../tools.js';

/** An agreement that is terminated since the day on which it ends is over. */
export interface Ended {
  agreement: string;
  /** The day, `YYYY-MM-DD`. */
  on: string;
}

/** Ends the agreements whose end is confirmed in writing and whose day is over. In every clone the same. */
export async function planEndings(tools: Tools): Promise<{ changes: Change[]; ended: Ended[] }> {
  const index = await tools.workspace.index();
  const changes: Change[] = [];
  const ended: Ended[] = [];
  for (const agreement of index.confirmedAgreements() as unknown as StoredRecord<Agreement>[]) {
    const on = agreement.data.effective_at?.slice(0, 10);
    const at = on === undefined ? undefined : overSince(on, tools.clock);
    if (on === undefined || at === undefined) continue;
    const why = agreement.data.confirmation;
    changes.push(changeOf(agreement, ending(agreement.data, { at, by: machine, why })));
    ended.push({ agreement: agreement.ref, on });
  }
  return { changes, ended };
}
