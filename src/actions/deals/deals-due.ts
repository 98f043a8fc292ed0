import type { Deal } from '../../domain/deals/deal.js';
import { stagesOf } from '../../domain/deals/stages.js';
import { standingOf } from '../../domain/deals/standing.js';
import { addDuration, isoDate } from '../../domain/time/clock.js';
import { durationPattern } from '../../domain/time/durations.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { DueRow } from '../list-due.js';
import { nameOf } from '../names.js';
import { officeOf } from '../reports/offices.js';

/**
 * Deals that should have closed by today, and those that nobody moved or spoke about for as long as their stage allows
 * (`idle`). A day that is still to come is a plan and nothing to be done.
 */
export function dealsDue(index: Index, workspace: Workspace): DueRow[] {
  const { clock, config } = workspace;
  const today = isoDate(clock.now(), clock.timeZone);
  const stages = new Map(stagesOf(config.deals).map((stage) => [stage.name, stage]));
  const open = index.select(
    "r.kind = 'deal' and json_extract(r.data, '$.stage') not in ('won', 'lost') order by r.path",
    [],
  ) as unknown as StoredRecord<Deal>[];
  return open.flatMap(({ id, ref, data }): DueRow[] => {
    const row = (due: string, what: string): DueRow => ({
      due,
      kind: 'deal',
      what,
      for: nameOf(data.contact ?? data.company, index),
      by: data.owner ?? null,
      office: data.office ?? officeOf(config)(data.owner),
      overdue: due < today,
      ref,
    });
    const { expected_close: close } = data;
    if (/^\d{4}-\d{2}-\d{2}$/.test(String(close)) && (close as string) <= today)
      return [row(close as string, `win, lose or put off: ${data.title} (${data.stage})`)];
    const idle = stages.get(data.stage)?.idle;
    const { since } = standingOf(data, clock.now(), clock.timeZone);
    if (idle === undefined || since === null || !durationPattern.test(idle)) return [];
    const [last] = index.naming(id, ['interaction']);
    const touched = Math.max(since, last?.at ?? since);
    const day = isoDate(addDuration(touched, idle, clock.timeZone), clock.timeZone);
    return day > today ? [] : [row(day, `nobody touched it for ${idle}: ${data.title} (${data.stage})`)];
  });
}
