import { isEnded, stageNames, stagesOf } from '../../domain/deals/stages.js';
import { standingOf } from '../../domain/deals/standing.js';
import { isoInstant } from '../../domain/time/clock.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { nameOf } from '../names.js';

/** What is derived of a deal for a list. */
export interface DealRow {
  contact_name: string | null;
  company_name: string | null;
  /** ISO 8601 with offset; null where no history says. */
  stage_since: string | null;
  /** Whole days in its stage. */
  days: number | null;
  /** Under way although it should have closed. */
  overdue: boolean;
}

const day = 86_400_000;

/**
 * Deals by their stages, in each the one that is expected to close first.
 * @param query in the query language; undefined selects all
 * @param all the won and the lost ones too
 */
export async function listDeals(
  workspace: Workspace,
  query: string | undefined,
  all: boolean,
): Promise<{ record: StoredRecord; row: DealRow }[]> {
  const index = await workspace.index();
  const order = stageNames(stagesOf(workspace.config.deals));
  const place = ({ data }: StoredRecord) => (order.indexOf(String(data.stage)) + 1 || order.length) - 1;
  const close = ({ data }: StoredRecord) => String(data.expected_close ?? '~');
  return index
    .list({ kinds: ['deal'], query, order: 'title' })
    .filter(({ data }) => all || !isEnded(data.stage))
    .sort((a, b) => place(a) - place(b) || (close(a) < close(b) ? -1 : Number(close(a) > close(b))))
    .map((record) => ({
      record,
      row: {
        contact_name: nameOf(record.data.contact, index),
        company_name: nameOf(record.data.company, index),
        ...dealStanding(record, workspace),
      },
    }));
}

/** Since when a deal stands where it stands, and whether it should have closed. */
export function dealStanding(
  { data }: StoredRecord,
  { clock }: Workspace,
): Pick<DealRow, 'stage_since' | 'days' | 'overdue'> {
  const { since, overdue } = standingOf(data, clock.now(), clock.timeZone);
  return {
    stage_since: since === null ? null : isoInstant(since, clock.timeZone),
    days: since === null ? null : Math.max(0, Math.floor((clock.now() - since) / day)),
    overdue,
  };
}
