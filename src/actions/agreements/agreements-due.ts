import type { Agreement } from '../../domain/agreements/agreement.js';
import { isMet, progressOf, progressText } from '../../domain/agreements/commitment.js';
import { ahead, renewalOf } from '../../domain/agreements/renewal.js';
import { isoDate } from '../../domain/time/clock.js';
import { plainDay } from '../../domain/time/days.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { DueRow } from '../list-due.js';
import { nameOf } from '../names.js';
import { officeOf } from '../reports/offices.js';
import { progressNow } from './effective.js';

/**
 * Agreements whose last day of notice comes near, or has passed while nobody said a word; and commitments whose time runs
 * out before all of it is taken.
 */
export function agreementsDue(index: Index, workspace: Workspace): DueRow[] {
  const { now, timeZone } = workspace.clock;
  const today = isoDate(now(), timeZone);
  const officeOfMember = officeOf(workspace.config);
  return (index.endingAgreements() as unknown as StoredRecord<Agreement>[]).flatMap((agreement): DueRow[] => {
    const { data, ref } = agreement;
    const owner = typeof data.owner === 'string' ? data.owner : undefined;
    const row = (kind: DueRow['kind'], due: string, what: string): DueRow => ({
      due,
      kind,
      what,
      for: nameOf(data.contact ?? data.company, index),
      by: owner ?? null,
      office: officeOfMember(owner),
      overdue: due < today,
      ref,
    });
    const rows: DueRow[] = [];
    const renewal = renewalOf(data);
    const name = data.number ?? ref;
    if (renewal && renewal.opens <= today)
      rows.push(row('renewal', renewal.notice, `renew or end ${name}, which ends on ${renewal.end}`));
    // The orders are only read where the time is nearly over.
    const until = progressOf(data, [], today)?.until ?? undefined;
    const opens = plainDay(until)?.subtract({ days: ahead }).toString();
    if (until === undefined || opens === undefined || opens > today) return rows;
    const progress = progressNow(agreement, index, workspace.clock);
    if (progress && !isMet(progress))
      rows.push(row('commitment', until, `commitment of ${name}: ${progressText(progress)}`));
    return rows;
  });
}
