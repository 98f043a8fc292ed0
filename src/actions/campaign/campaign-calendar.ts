import { Temporal } from 'temporal-polyfill';
import { type Mailing, overlapsOf } from '../../domain/campaigns/overlaps.js';
import { ItacaError } from '../../domain/error.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoInstant, startOf } from '../../domain/time/clock.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type CampaignJournal, campaignJournals, leftAt, mayHaveArrived } from './campaign-journals.js';

export interface CalendarEntry {
  /** Of the first message, or for when it is planned; ISO 8601. */
  at: string;
  what: 'sent' | 'planned';
  ref: string;
  title: string;
  office: string | null;
  state: string;
  /** People it went to; of a planned one, in its audience. */
  people: number;
  /** Campaigns of other offices that write to the same people within the time. */
  overlaps: { ref: string; title: string; office: string | null; at: string; people: number }[];
}

const dayMs = 86_400_000;

/**
 * The campaigns that were sent and those that are planned by `send_at`, in order of time, with the people whom two
 * offices write to within `limits.frequency.within`, or seven days.
 * @param warn told of journals and audiences that cannot be read
 */
export async function campaignCalendar(
  workspace: Workspace,
  period: Period,
  warn: (message: string) => void,
): Promise<CalendarEntry[]> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const survivors = new Map(index.merged(['contact']).map(({ id, survivor }) => [id, survivor]));
  const all = (await campaignJournals(workspace, warn)).flatMap((one) => {
    // The messages of a sequence leave on no one day.
    if (one.sequence) return [];
    try {
      const mailing = mailingOf(one, index, survivors, timeZone);
      return mailing ? [{ ...mailing, campaign: one.campaign }] : [];
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      warn(`"${one.campaign.data.title}" is not in the calendar: ${error.message}`);
      return [];
    }
  });
  const overlaps = overlapsOf(all, withinMs(workspace));
  const byRef = new Map(all.map((one) => [one.ref, one]));
  const iso = (at: number) => isoInstant(at, timeZone);
  return all
    .filter(({ at }) => isWithin(period, at))
    .sort((a, b) => a.at - b.at || (a.ref < b.ref ? -1 : 1))
    .map(({ ref, at, office, planned, people, campaign }) => ({
      at: iso(at),
      what: planned ? 'planned' : 'sent',
      ref,
      title: campaign.data.title,
      office,
      state: campaign.data.state,
      people: people.size,
      overlaps: (overlaps.get(ref) ?? []).flatMap((overlap) => {
        const other = byRef.get(overlap.ref);
        if (!other) return [];
        return [{ ...overlap, title: other.campaign.data.title, office: other.office, at: iso(other.at) }];
      }),
    }));
}

/** A campaign that has sent, or says when it will; undefined for any other. */
function mailingOf(
  { campaign, office, records }: CampaignJournal,
  index: Index,
  survivors: ReadonlyMap<string, string>,
  timeZone: string,
): Mailing | undefined {
  const { state, send_at, audience, exclude = [] } = campaign.data;
  const arrived = records.filter(mayHaveArrived);
  if (arrived.length > 0) {
    const people = new Set(
      arrived.map(({ intent: { contact } }) => {
        const id = idOfRef(contact) ?? contact;
        return survivors.get(id) ?? id;
      }),
    );
    const at = arrived.map(leftAt).reduce((a, b) => Math.min(a, b));
    return { ref: campaign.ref, office, at, planned: false, people };
  }
  const at = send_at === undefined ? undefined : startOf(send_at, timeZone);
  if (at === undefined || state === 'cancelled' || state === 'finished') return undefined;
  const found = (query: string) => index.list({ kinds: ['contact'], query }).map(({ id }) => id);
  const people = new Set(found(audience));
  for (const query of exclude) for (const id of found(query)) people.delete(id);
  return { ref: campaign.ref, office, at, planned: true, people };
}

function withinMs({ config }: Workspace): number {
  const within = config.limits?.frequency?.within;
  if (within === undefined) return 7 * dayMs;
  const relativeTo = Temporal.PlainDate.from('2024-01-01');
  return Temporal.Duration.from(within).total({ unit: 'milliseconds', relativeTo });
}
