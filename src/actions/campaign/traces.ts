import type { Delivered, Reaction, Trace } from '../../domain/campaigns/results.js';
import type { Case } from '../../domain/cases/case.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { idOfRef } from '../../domain/records/ids.js';
import { indexSuppressions } from '../../domain/suppression/match.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import { endOf } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { addressHmac } from '../address-hmac.js';
import { mergedForSend } from './merged.js';

const bySuppression: Partial<Record<Suppression['reason'], Reaction>> = {
  hard_bounce: 'bounced',
  unsubscribed: 'unsubscribed',
  spam_complaint: 'complained',
};

/** What an inbound message is where its outcome says that it is no reply of a person; null counts for nothing. */
const byOutcome: Readonly<Record<string, Reaction | null>> = {
  bounced: 'bounced',
  hard_bounce: 'bounced',
  unsubscribed: 'unsubscribed',
  spam_complaint: 'complained',
  auto_reply: null,
  automatic_reply: null,
};

/** All that is on file and may have come of a campaign's messages. */
export async function tracesOf(
  workspace: Workspace,
  { id: campaign, purpose }: { id: string; purpose: string },
  mine: readonly Delivered[],
): Promise<Trace[]> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const momentOf = (when: string | undefined) => (when === undefined ? undefined : endOf(when, timeZone));
  const first = mine.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  if (mine.length === 0) return [];
  return [
    ...ofSuppressions(workspace, index, campaign, purpose, mine, momentOf),
    ...ofConsents(index, purpose, mine, momentOf),
    ...ofInteractions(index, first),
    ...ofCases(index, campaign),
  ];
}

type MomentOf = (when: string | undefined) => number | undefined;

function ofSuppressions(
  { config }: Workspace,
  index: Index,
  campaign: string,
  purpose: string,
  mine: readonly Delivered[],
  momentOf: MomentOf,
): Trace[] {
  const records = index.list({ kinds: ['suppression'] }) as unknown as StoredRecord<Suppression>[];
  const refs = new Map(records.map(({ data, ref }) => [data, ref]));
  const campaigns = index.list({ kinds: ['campaign'] }).map(({ id }) => id);
  const suppressions = indexSuppressions(refs.keys(), {
    canonicalEmail,
    hmac: (canonical) => addressHmac(canonical, config.salt),
  });
  return mine.flatMap(({ address }) =>
    suppressions.find(address, purpose).flatMap((one): Trace[] => {
      const what = bySuppression[one.reason];
      const named = campaigns.filter((id) => one.source?.includes(id));
      if (what === undefined) return [];
      return [
        {
          what,
          ref: refs.get(one) ?? '',
          at: momentOf(one.at),
          addresses: [address],
          campaign: named.includes(campaign) ? campaign : named[0],
        },
      ];
    }),
  );
}

/** A consent that was taken back, or refused, after the message. */
function ofConsents(index: Index, purpose: string, mine: readonly Delivered[], momentOf: MomentOf): Trace[] {
  const got = new Set(mine.map(({ contact }) => contact));
  const said = index.select(
    `r.kind = 'contact' and (instr(r.data, '"withdrawn"') > 0 or instr(r.data, '"refused"') > 0)`,
    [],
  ) as unknown as StoredRecord<Contact>[];
  return said
    .filter(({ id }) => got.has(id))
    .flatMap(({ id, ref, data }) =>
      (data.consents ?? [])
        .filter((one) => one.state !== 'given' && (one.purpose === purpose || one.purpose === 'all'))
        .map((one): Trace => ({ what: 'unsubscribed', ref, at: momentOf(one.at), contacts: [id] })),
    );
}

function ofInteractions(index: Index, since: number): Trace[] {
  const { survivorOf } = mergedForSend(index);
  const records = index.select(
    `r.kind = 'interaction' and r.at >= ? and json_extract(r.data, '$.direction') = 'inbound'
     and (json_extract(r.data, '$.in_reply_to') is not null or json_extract(r.data, '$.campaign') is not null)`,
    [since],
  ) as unknown as StoredRecord<Interaction>[];
  return records.flatMap(({ ref, at, data }): Trace[] => {
    const said = data.outcome === undefined ? undefined : byOutcome[data.outcome];
    const what = said === undefined ? 'replied' : said;
    if (what === null) return [];
    return [
      {
        what,
        ref,
        at: at ?? undefined,
        campaign: data.campaign === undefined ? undefined : idOfRef(data.campaign),
        answers: data.in_reply_to?.match(/<[^<>\s]+>/g) ?? [],
        contacts: (data.contacts ?? []).flatMap((contact) => survivorOf(contact) ?? []),
        named: true,
      },
    ];
  });
}

/** Complaints that name the campaign, themselves or by an interaction that belongs to them. */
function ofCases(index: Index, campaign: string): Trace[] {
  const { survivorOf } = mergedForSend(index);
  const records = index.select(
    `r.kind = 'case' and json_extract(r.data, '$.type') = 'complaint' and (
       r.rid in (select rid from refs where key = 'campaign' and target = ?)
       or r.id in (select c.target from refs c join refs i on i.rid = c.rid
         where c.key = 'case' and i.key = 'campaign' and i.target = ?))`,
    [campaign, campaign],
  ) as unknown as StoredRecord<Case>[];
  return records.map(({ ref, at, data }) => ({
    what: 'complained',
    ref,
    at: at ?? undefined,
    campaign,
    contacts: data.contact === undefined ? [] : [survivorOf(data.contact) ?? ''],
  }));
}
