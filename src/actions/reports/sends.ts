import { isoInstant } from '../../domain/time/clock.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignJournals, leftAt, mayHaveArrived } from '../campaign/campaign-journals.js';
import { customersOf } from './customers.js';

/** A message that a person got, or may have got. */
export interface SentMessage {
  /** ISO 8601. */
  at: string;
  state: 'sent' | 'unknown';
  /** Of the contact as he is now. */
  ref: string;
  name: string;
  /** Canonical. */
  address: string;
  /** Reference of the campaign. */
  campaign: string;
  title: string;
  office: string | null;
  /** Who asked for the campaign. */
  by: string | null;
  message_id: string;
}

/**
 * Who got what, when and from which office, by the journals; the newest first.
 * @param warn told of journals that cannot be read
 */
export async function reportSends(
  workspace: Workspace,
  period: Period,
  warn: (message: string) => void,
): Promise<SentMessage[]> {
  const journals = await campaignJournals(workspace, warn);
  const found = journals.flatMap(({ records, ...of }) =>
    records
      .filter((record) => mayHaveArrived(record) && isWithin(period, leftAt(record)))
      .map((record) => ({ record, of, at: leftAt(record) })),
  );
  const refs = new Set(found.map(({ record }) => record.intent.contact));
  const customer = customersOf(await workspace.index(), refs);
  const { timeZone } = workspace.clock;
  return found
    .sort((a, b) => b.at - a.at || (a.record.intent.address < b.record.intent.address ? -1 : 1))
    .map(({ record: { state, intent }, of: { campaign, office, by }, at }) => ({
      at: isoInstant(at, timeZone),
      state: state as SentMessage['state'],
      ...customer(intent.contact),
      address: intent.address,
      campaign: campaign.ref,
      title: campaign.data.title,
      office,
      by,
      message_id: intent.message_id,
    }));
}
