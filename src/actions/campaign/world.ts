import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { Agreement } from '../../domain/agreements/agreement.js';
import type { AddressRules } from '../../domain/campaigns/addresses.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { sameTextSha256 } from '../../domain/campaigns/content.js';
import { subjectFor } from '../../domain/campaigns/language.js';
import type { FrequencyLimit, PastMessage } from '../../domain/campaigns/past-messages.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import type { PlanInput } from '../../domain/campaigns/plan.js';
import { reachOf } from '../../domain/campaigns/reach.js';
import type { Case } from '../../domain/cases/case.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import type { Order } from '../../domain/orders/order.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { SendRecord } from '../../domain/sending/ledger.js';
import { indexSuppressions } from '../../domain/suppression/match.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import { isoInstant } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { Problem } from '../../workspace/index/row.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { asCampaign, stepBodies } from '../sequence/as-campaign.js';
import { sequenceJournals } from '../sequence/sequence-journals.js';
import { type Bodies, readBodies } from './bodies.js';
import { campaignFolder } from './campaign-folder.js';
import { mergedForSend } from './merged.js';

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

/** The folder of a campaign's plan and journals, absolute. */
export function sendsFolder(workspace: Workspace, campaign: StoredRecord<Campaign>): string {
  return join(workspace.root, campaignFolder(campaign.path), 'sends');
}

/**
 * Everything that decides who gets a campaign's message, as it stands in the index now.
 * @throws ItacaError `refused` where a record that might forbid a message cannot be read, or breaks its schema
 */
export async function gatherWorld(
  workspace: Workspace,
  campaign: StoredRecord<Campaign>,
  bodies: Bodies,
): Promise<PlanInput> {
  const index = await workspace.index();
  const audience = index.list({ kinds: ['contact'], query: campaign.data.audience });
  return worldOf(workspace, { campaign, bodies }, audience);
}

/** What a message goes out as: a campaign or, of a sequence, one of its steps. */
export interface Mailing {
  campaign: StoredRecord<Campaign>;
  bodies: Bodies;
  /** Of a sequence. */
  step?: string;
}

/**
 * As `gatherWorld`, for people who are known.
 * @throws ItacaError `refused` where a record that might forbid a message cannot be read, or breaks its schema
 */
export async function worldOf(
  workspace: Workspace,
  mailing: Mailing,
  audience: readonly StoredRecord[],
): Promise<PlanInput> {
  const index = await workspace.index();
  const { campaign, bodies } = mailing;
  const merges = mergedForSend(index);
  refuseUnreadable(index, trusted(index, audience));
  const candidates = (audience as unknown as readonly Candidate[]).map(merges.candidate);
  const excluded = new Map<string, string>();
  for (const query of campaign.data.exclude ?? []) {
    for (const { id } of index.list({ kinds: ['contact'], query }))
      if (!excluded.has(id)) excluded.set(id, query);
  }
  refuseDoubleIds(index, candidates);
  const { own, others, alike } = await pastMessages(workspace, index, mailing);
  return {
    campaign: campaign.data,
    candidates,
    ...currentHolds(workspace, index),
    addressRules: addressRulesOf(campaign.data, workspace),
    excluded,
    bodies: [...bodies.keys()],
    workspaceLanguages: workspace.config.languages ?? [],
    sent: own,
    sameContent: alike,
    // What a correction puts right does not keep it from those who must read it.
    history: [...own, ...others.filter((message) => message.campaign !== idOfCorrected(campaign.data))],
    limits: frequencyLimits(workspace),
  };
}

function idOfCorrected({ corrects }: Campaign): string | undefined {
  return corrects === undefined ? undefined : idOfRef(corrects);
}

/** Paths of contacts and of all that was merged into them. */
export function trusted(index: Index, contacts: readonly { id: string; path: string }[]): Set<string> {
  const ids = new Set(contacts.map(({ id }) => id));
  const merged = index.merged(['contact']).filter(({ survivor }) => ids.has(survivor));
  return new Set([...contacts, ...merged].map(({ path }) => path));
}

/** What may change while a send runs: suppressions, agreements, cases, orders; and the time. */
export function currentHolds(workspace: Workspace, index: Index) {
  const { config, clock } = workspace;
  const records = <T>(kind: Kind) => index.list({ kinds: [kind] }) as unknown as StoredRecord<T>[];
  const { resolved } = mergedForSend(index);
  const ofParties = <T extends { contact?: string | undefined; company?: string | undefined }>(kind: Kind) =>
    records<T>(kind).map((record) => ({ ...record, data: resolved(record.data) }));
  return {
    suppressions: indexSuppressions(
      records<Suppression>('suppression').map(({ data }) => data),
      {
        canonicalEmail,
        isPurpose: (purpose) => purpose in (config.purposes ?? { [purpose]: true }),
        hmac: (canonical) =>
          createHmac('sha256', config.salt ?? '')
            .update(canonical)
            .digest('hex'),
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
function refuseDoubleIds(index: Index, candidates: readonly Candidate[]): void {
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

interface Past {
  /** Of this campaign. */
  own: PastMessage[];
  /** Of all others. */
  others: PastMessage[];
  /** Of others with the same text. */
  alike: PastMessage[];
}

async function pastMessages(workspace: Workspace, index: Index, mailing: Mailing): Promise<Past> {
  const past: Past = { own: [], others: [], alike: [] };
  const texts = textsOf(mailing.campaign.data, mailing.bodies, workspace);
  const { survivorOf } = mergedForSend(index);
  for await (const { campaign: other, step, records, bodies } of journalled(workspace, index)) {
    const mine = other.id === mailing.campaign.id && step === mailing.step;
    const messages: PastMessage[] = [];
    for (const { state, intent } of records) {
      // One in doubt may have arrived; for this campaign the delivery itself accounts for it.
      const contact = survivorOf(intent.contact);
      // Of one that was merged since, though, the delivery to its survivor knows nothing.
      const accounted = mine && contact === idOfRef(intent.contact);
      if (state !== 'sent' && (accounted || state !== 'unknown')) continue;
      messages.push({
        ...(contact ? { contact } : {}),
        address: intent.address,
        at: intent.at,
        campaign: other.id,
        title: other.data.title,
        ...(other.data.office ? { office: other.data.office } : {}),
        purpose: other.data.purpose,
      });
    }
    if (mine) past.own.push(...messages);
    else {
      past.others.push(...messages);
      if (messages.length === 0) continue;
      const theirs = textsOf(other.data, bodies(), workspace);
      if ([...theirs].some((text) => texts.has(text))) past.alike.push(...messages);
    }
  }
  return past;
}

interface Journalled {
  campaign: StoredRecord<Campaign>;
  step?: string;
  records: readonly SendRecord[];
  bodies(): Bodies;
}

/** All that was sent: by each campaign, and in each step of a sequence. */
async function* journalled(workspace: Workspace, index: Index): AsyncGenerator<Journalled> {
  const { root } = workspace;
  for (const campaign of index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[]) {
    const { ledger } = await readJournals(sendsFolder(workspace, campaign));
    yield { campaign, records: [...ledger.records()], bodies: () => readBodies(root, campaign.path) };
  }
  for (const { sequence, records } of await sequenceJournals(root)) {
    for (const id of new Set(records.map(({ intent }) => intent.step ?? ''))) {
      const step = sequence.steps.find((one) => one.id === id);
      yield {
        campaign: asCampaign(sequence, step),
        step: id,
        records: records.filter(({ intent }) => intent.step === id),
        // A step that is there no more said what nobody knows.
        bodies: () => (step ? stepBodies(root, sequence, step) : new Map()),
      };
    }
  }
}

/** Hashes of what people read: each body with its subject. */
function textsOf(campaign: Campaign, bodies: Bodies, workspace: Workspace): Set<string> {
  const languages = workspace.config.languages ?? [];
  return new Set(
    [...bodies].map(([language, { text }]) =>
      sameTextSha256(
        subjectFor(campaign.subject, language, language === '*' ? undefined : language, languages) ?? '',
        text,
      ),
    ),
  );
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
