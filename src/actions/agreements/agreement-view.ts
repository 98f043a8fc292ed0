import type { Agreement } from '../../domain/agreements/agreement.js';
import { cancellationOf, effectiveDay } from '../../domain/agreements/cancellation.js';
import { isMet, type Progress } from '../../domain/agreements/commitment.js';
import { renewalOf } from '../../domain/agreements/renewal.js';
import { isoDate } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { nameOf } from '../names.js';
import { progressNow } from './effective.js';

/** What is derived of an agreement and not stored in it, in the keys of `--json`. */
export interface AgreementView {
  /** What the person or the firm is called. */
  party: string | null;
  progress: Progress | null;
  /** The last day on which notice can be given, of an active one that ends. `YYYY-MM-DD` */
  last_notice: string | null;
  /** ISO 8601. */
  requested_at: string | null;
  acknowledged_at: string | null;
  terminated_at: string | null;
  /** The day on which it ends, as recorded or as the notice and the term say, of one that is to end. */
  ends_on: string | null;
  /** Whether its end was asked for, and no written confirmation is on file. */
  unconfirmed: boolean;
  /** Whole days since the end was asked for, while it is not confirmed. */
  waiting_days: number | null;
}

/** What there is to be known of an agreement today. */
export function viewAgreement(
  agreement: StoredRecord<Agreement>,
  index: Index,
  { clock }: Pick<Workspace, 'clock'>,
): AgreementView {
  const { data } = agreement;
  const progress = progressNow(agreement, index, clock) ?? null;
  const ended = cancellationOf(data);
  const asked = ended && isoDate(Date.parse(ended.requested_at), clock.timeZone);
  const unconfirmed = data.confirmation === undefined && (ended !== undefined || data.state === 'terminated');
  const computed = asked && effectiveDay(data, asked, progress !== null && isMet(progress)).day;
  return {
    party: nameOf(data.contact ?? data.company, index),
    progress,
    last_notice: renewalOf(data)?.notice ?? null,
    requested_at: ended?.requested_at ?? null,
    acknowledged_at: ended?.acknowledged_at ?? null,
    terminated_at: ended?.terminated_at ?? null,
    ends_on: data.effective_at?.slice(0, 10) ?? computed ?? null,
    unconfirmed,
    waiting_days:
      unconfirmed && ended
        ? Math.max(0, Math.floor((clock.now() - Date.parse(ended.requested_at)) / 86_400_000))
        : null,
  };
}

/** As `viewAgreement`, of any record of the kind. */
export async function viewOf(record: StoredRecord, workspace: Workspace): Promise<AgreementView> {
  return viewAgreement(record as unknown as StoredRecord<Agreement>, await workspace.index(), workspace);
}
