import { Temporal } from 'temporal-polyfill';
import type { Agreement } from '../../domain/agreements/agreement.js';
import type { AddressRules } from '../../domain/campaigns/addresses.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { FrequencyLimit } from '../../domain/campaigns/past-messages.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import type { PlanInput } from '../../domain/campaigns/plan.js';
import { reachOf } from '../../domain/campaigns/reach.js';
import type { Case } from '../../domain/cases/case.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import type { Order } from '../../domain/orders/order.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { indexSuppressions } from '../../domain/suppression/match.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import { isoInstant } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { Problem } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { addressHmac, phoneHmacs } from '../address-hmac.js';
import type { Bodies } from './bodies.js';
import { type MergedForSend, mergedForSend } from './merged.js';
import { type Mailing, type PastSends, pastSends } from './past-sends.js';

export { sendsFolder } from './sends-folder.js';

/** Kinds whose records can forbid a message. */
export const decisiveKinds: readonly Kind[] = ['suppression', 'agreement', 'case', 'order'];

const emailRules: AddressRules = {
  canonicalEmail,
  isValid: (address) => canonicalEmail(address) !== undefined,
};

/** Where a campaign's channel reaches people. */
export function addressRulesOf({ channel }: Pick<Campaign, 'channel'>, { config }: Workspace): AddressRules {
  const reach = reachOf(channel, config.country, config.languages?.[0] ?? 'en');
  return reach ? { ...emailRules, reach } : emailRules;
}

/**
 * Everything that decides who gets a campaign's message, as it stands in the index now.
 * @throws ItacaError `refused` where a record that might forbid a message cannot be read, or breaks its schema
 */
export async function gatherWorld(
  workspace: Workspace,
  campaign: StoredRecord<Campaign>,
  bodies: Bodies,
): Promise<PlanInput & { past: PastSends['read'] }> {
  const index = await workspace.index();
  return worldOf(workspace, { campaign, bodies }, () => index.listLean('contact', campaign.data.audience));
}

/**
 * As `gatherWorld`, for people who are known.
 * @param audienceOf asked for them once the journals are read
 * @throws ItacaError `refused` where a record that might forbid a message cannot be read, or breaks its schema
 */
export async function worldOf(
  workspace: Workspace,
  mailing: Mailing,
  audienceOf: () => readonly Pick<StoredRecord, 'id' | 'ref' | 'path' | 'data'>[],
): Promise<PlanInput & { past: PastSends['read'] }> {
  const index = await workspace.index();
  const { campaign, bodies } = mailing;
  const merges = mergedForSend(index);
  // First: what reading the journals takes is given back before the people come into memory.
  const limits = frequencyLimits(workspace);
  const past = await pastSends(workspace, index, { ...mailing, limits }, merges);
  const audience = audienceOf();
  refuseUnreadable(index, trusted(index, audience));
  refuseDoubleIds(index, audience);
  const excluded = new Map<string, string>();
  for (const query of campaign.data.exclude ?? []) {
    for (const id of index.ids('contact', query)) if (!excluded.has(id)) excluded.set(id, query);
  }
  const corrected = idOfCorrected(campaign.data);
  return {
    campaign: campaign.data,
    candidates: (audience as unknown as Candidate[]).map(merges.candidate),
    ...currentHolds(workspace, index, merges),
    addressRules: addressRulesOf(campaign.data, workspace),
    excluded,
    bodies: [...bodies.keys()],
    workspaceLanguages: workspace.config.languages ?? [],
    sent: past.own,
    sameContent: past.alike,
    // What a correction puts right does not keep it from those who must read it.
    history:
      limits.length === 0 ? [] : [...past.own, ...past.lately.filter((one) => one.campaign !== corrected)],
    limits,
    past: past.read,
  };
}

function idOfCorrected({ corrects }: Campaign): string | undefined {
  return corrects === undefined ? undefined : idOfRef(corrects);
}

/** Paths of contacts and of all that was merged into them; none where nothing on file is broken. */
export function trusted(index: Index, contacts: readonly { id: string; path: string }[]): Set<string> {
  if (index.problems().length === 0) return new Set();
  const ids = new Set(contacts.map(({ id }) => id));
  const merged = index.merged(['contact']).filter(({ survivor }) => ids.has(survivor));
  return new Set([...contacts, ...merged].map(({ path }) => path));
}

/** What may change while a send runs: suppressions, agreements, cases, orders; and the time. */
export function currentHolds(
  workspace: Workspace,
  index: Index,
  { resolved }: MergedForSend = mergedForSend(index),
) {
  const { config, clock } = workspace;
  const records = <T>(kind: Kind) => index.list({ kinds: [kind] }) as unknown as StoredRecord<T>[];
  const ofParties = <T extends { contact?: string | undefined; company?: string | undefined }>(kind: Kind) =>
    records<T>(kind).map((record) => ({ ...record, data: resolved(record.data) }));
  return {
    suppressions: indexSuppressions(
      records<Suppression>('suppression').map(({ data }) => data),
      {
        canonicalEmail,
        isPurpose: (purpose) => purpose in (config.purposes ?? { [purpose]: true }),
        hmac: (canonical) => addressHmac(canonical, config.salt),
        phoneHmacs: (contact) => phoneHmacs(contact, workspace),
      },
    ),
    agreements: ofParties<Agreement>('agreement'),
    cases: ofParties<Case>('case'),
    orders: ofParties<Order>('order'),
    purposes: config.purposes ?? {},
    now: isoInstant(clock.now(), clock.timeZone),
  };
}

/**
 * Fails closed: what a broken record would say might be a no.
 * @param audience paths of the contacts concerned
 */
export function refuseUnreadable(index: Index, audience: ReadonlySet<string>): void {
  const unreadable = new Set(index.unreadable(['contact', ...decisiveKinds]).map(({ path }) => path));
  const folders = ['suppressions/', 'agreements/', 'cases/', 'orders/'];
  const broken = index
    .problems()
    .find(
      ({ path }) =>
        unreadable.has(path) || audience.has(path) || folders.some((folder) => path.startsWith(folder)),
    );
  if (broken) throw refusal(broken);
}

/** Two files that claim one id may say different things about one person. */
function refuseDoubleIds(index: Index, candidates: readonly { id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of candidates) {
    if (!seen.has(id)) {
      seen.add(id);
      continue;
    }
    const [first, second] = index.select('r.id = ? order by r.path', [id]);
    throw new ItacaError(
      'refused',
      `nothing is sent while two records claim the id ${id}: ${first?.path} and this one`,
      {
        path: second?.path ?? '',
        hint: 'merge them into one file, then: itaca check',
      },
    );
  }
}

function refusal({ path, line, column, message }: Problem): ItacaError {
  return new ItacaError('refused', `nothing is sent while this record cannot be trusted: ${message}`, {
    path,
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { column }),
    hint: 'what it says may forbid a message; mend it, then: itaca check',
  });
}

function frequencyLimits({ config }: Workspace): FrequencyLimit[] {
  const limit = config.limits?.frequency;
  if (!limit) return [];
  const days = Temporal.Duration.from(limit.within).total({
    unit: 'days',
    relativeTo: Temporal.PlainDate.from('2024-01-01'),
  });
  return [{ messages: limit.messages, days }];
}
