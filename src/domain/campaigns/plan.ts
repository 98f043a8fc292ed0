import { standing } from '../consent/standing.js';
import { consentsOfPerson } from '../consent/stricter.js';
import { idOfRef } from '../records/ids.js';
import type { SuppressionIndex } from '../suppression/match.js';
import type { Suppression } from '../suppression/suppression.js';
import type { AddressRules, UsableAddress } from './addresses.js';
import type { Campaign } from './campaign.js';
import { activeHolds, type HoldRecords, heldBack } from './holds.js';
import { chooseBody } from './language.js';
import type { LeftOut, LeftOutReason, Objection } from './left-out.js';
import { day, overAt } from './moment.js';
import {
  byWhomAndWhen,
  type FrequencyLimit,
  indexPastMessages,
  overLimit,
  type PastMessage,
} from './past-messages.js';
import { type Candidate, groupPersons, type Member, type Person } from './persons.js';

export interface PlanInput extends HoldRecords {
  campaign: Campaign;
  candidates: Iterable<Candidate>;
  addressRules: AddressRules;
  suppressions: SuppressionIndex;
  /** What each purpose rests on; a purpose that is not listed rests on consent. */
  purposes: Readonly<Record<string, { basis?: string }>>;
  /** Ids of the contacts the campaign's `exclude` queries found, with the query. */
  excluded?: ReadonlyMap<string, string>;
  /** Languages that have a body, `*` for the one for any language. */
  bodies: readonly string[];
  workspaceLanguages: readonly string[];
  /** Messages of this campaign that left. */
  sent: Iterable<PastMessage>;
  /** Messages of other campaigns with the same content. */
  sameContent: Iterable<PastMessage>;
  /** Everything sent lately, for the limits. */
  history: Iterable<PastMessage>;
  limits: readonly FrequencyLimit[];
  /** ISO 8601 with the offset of the workspace's time zone. */
  now: string;
}

export interface Recipient {
  /** Id of the contact. */
  contact: string;
  ref: string;
  name: string;
  /** As written in the record. */
  address: string;
  canonical: string;
  /** Key of the body: a language, or `*`. */
  body: string;
}

export interface SendPlan {
  recipients: Recipient[];
  leftOut: LeftOut[];
}

/**
 * Decides who of an audience gets the message, and why the others do not.
 *
 * Every candidate is in exactly one of the two lists, and no two recipients share a canonical address.
 * Candidates who are one person are judged together: a word said under one address counts for all of them.
 * Both lists are ordered by id of the contact, whatever the order of the candidates.
 */
export function planSend({ candidates, ...input }: PlanInput): SendPlan {
  return plannerOf(input)(candidates);
}

/** As `planSend`, for planning again and again by the same records: what they forbid is worked out once. */
export function plannerOf(
  input: Omit<PlanInput, 'candidates'>,
): (candidates: Iterable<Candidate>) => SendPlan {
  const judge = judgeOf(input);
  const closed = (address: string) => input.suppressions.find(address, input.campaign.purpose).length > 0;
  return (candidates) => planOf(groupPersons(candidates, input.addressRules, closed), judge);
}

function planOf(persons: Iterable<Person>, judge: ReturnType<typeof judgeOf>): SendPlan {
  const plan: SendPlan = { recipients: [], leftOut: [] };
  for (const person of persons) {
    const verdict = judge(person);
    if ('reason' in verdict) {
      for (const member of person) plan.leftOut.push(leftOut(member, verdict));
      continue;
    }
    plan.recipients.push(verdict);
    for (const member of person) {
      if (member.id === verdict.contact) continue;
      const detail = `same person as ${verdict.name} (${verdict.ref})`;
      plan.leftOut.push({
        ...leftOut(member, { reason: 'same_person', detail }),
        same_as: verdict.contact,
      });
    }
  }
  plan.recipients.sort(byContact);
  plan.leftOut.sort(byContact);
  return plan;
}

const byContact = (a: { contact: string }, b: { contact: string }) => (a.contact < b.contact ? -1 : 1);

function leftOut(member: Member, objection: Objection): LeftOut {
  return { contact: member.id, ref: member.ref, name: member.data.name, ...objection };
}

/** Gives the function that judges one person: the message he gets, or the first objection there is. */
function judgeOf(input: Omit<PlanInput, 'candidates'>): (person: Person) => Recipient | Objection {
  const { campaign, now } = input;
  const held = heldBack(input, activeHolds(campaign), now);
  const sent = indexPastMessages(input.sent);
  const sameContent = indexPastMessages(input.sameContent);
  const history = indexPastMessages(input.history);
  const basis = input.purposes[campaign.purpose]?.basis ?? 'consent';
  const channel = campaign.channel ?? 'email';
  const over = overAt(now);
  const isPurpose = (purpose: string) => purpose === campaign.purpose || purpose in input.purposes;

  return (person) => {
    const contacts = person.map(({ id }) => id);
    const [first] = person;
    const addresses =
      first && person.length === 1
        ? first.addresses.all
        : [...new Set(person.flatMap((member) => member.addresses.all))];

    const before = sent.find(contacts, addresses)[0];
    if (before) return objection('already_sent', `already sent ${byWhomAndWhen(before)}`);

    const reachable = writable(person, addresses, input);
    if ('reason' in reachable) return reachable;

    const consents =
      first && person.length === 1 ? consentsOfPerson(first) : person.flatMap(consentsOfPerson);
    const refusal = consentObjection(
      standing(consents, campaign.purpose, channel, over, isPurpose),
      campaign.purpose,
      basis,
    );
    if (refusal) return refusal;

    const firms = person.flatMap(({ data }) => (data.company && idOfRef(data.company)) || []);
    for (const id of [...contacts, ...firms]) {
      const hold = held.get(id)?.[0];
      if (hold) return hold;
    }
    for (const id of contacts) {
      const query = input.excluded?.get(id);
      if (query !== undefined) return objection('excluded', `excluded by the campaign: ${query}`);
    }

    const same = sameContent.find(contacts, addresses);
    const alike = same.find(({ resemblance }) => resemblance === undefined) ?? same[0];
    if (alike) {
      const title = alike.title === undefined ? '' : ` as “${alike.title}”`;
      const text =
        alike.resemblance === undefined ? 'the same text' : `nearly the same text (${alike.resemblance} %)`;
      return objection('same_content', `${text} was sent ${byWhomAndWhen(alike)}${title}`);
    }
    const limit = overLimit(history.find(contacts, addresses), input.limits, campaign.purpose, now);
    if (limit) return limit;

    // The record that carries the consent speaks for the person; else the first by id.
    const willing = (member: Member) =>
      standing(consentsOfPerson(member), campaign.purpose, channel, over).state === 'given';
    const ordered =
      reachable.length < 2
        ? reachable
        : [...reachable].sort((a, b) => Number(willing(b.member)) - Number(willing(a.member)));
    for (const { member, address } of ordered) {
      const body = chooseBody(member.data.language, input.bodies, input.workspaceLanguages);
      if (body === undefined) continue;
      return { contact: member.id, ref: member.ref, name: member.data.name, ...address, body };
    }
    const language = person.find(({ data }) => data.language !== undefined)?.data.language;
    return objection(
      'no_body',
      language === undefined ? 'no body for a person of unknown language' : `no body in ${language}`,
    );
  };
}

function objection(reason: LeftOutReason, detail: string): Objection {
  return { reason, detail };
}

/**
 * The members who can be written to, each with the best address.
 * A word said under any address of a person counts for the person, whatever the channel: who unsubscribes from the
 * mails does not want the letters; a bounce only closes the address that bounced.
 */
function writable(
  person: Person,
  addresses: readonly string[],
  {
    suppressions,
    campaign,
    addressRules: { reach },
  }: Pick<PlanInput, 'suppressions' | 'campaign' | 'addressRules'>,
): { member: Member; address: UsableAddress }[] | Objection {
  const none = objection('no_address', `no ${reach?.what ?? 'e-mail address'} on file`);
  if (addresses.length === 0) return none;
  const said = [
    ...addresses.flatMap((address) => suppressions.find(address, campaign.purpose)),
    ...person.flatMap(({ data }) => suppressions.ofPerson(data)),
  ];
  const word = said.find(({ reason }) => reason !== 'hard_bounce');
  if (word) return objection('suppressed', suppressedBecause(word));
  const found = person.flatMap((member) => {
    const address = member.addresses.usable[0];
    return address === undefined ? [] : [{ member, address }];
  });
  if (found.length > 0) return found;
  if (reach) return none;
  return said[0] !== undefined
    ? objection('suppressed', suppressedBecause(said[0]))
    : objection('invalid_address', `no working e-mail address: ${addresses.join(', ')}`);
}

function suppressedBecause(entry: Suppression): string {
  const domain = entry.address === undefined && entry.domain !== undefined ? ` (domain ${entry.domain})` : '';
  const since = entry.at === undefined ? '' : ` since ${day(entry.at)}`;
  return `${entry.reason.replace('_', ' ')}${domain}${since}`;
}

function consentObjection(
  now: ReturnType<typeof standing>,
  purpose: string,
  basis: string,
): Objection | undefined {
  switch (now.state) {
    case 'given':
      return undefined;
    case 'refused':
      return objection('consent_refused', `refused ${purpose} on ${day(now.consent.at)}`);
    case 'withdrawn':
      return objection('consent_withdrawn', `withdrew the consent to ${purpose} on ${day(now.consent.at)}`);
    case 'expired':
      return basis === 'consent'
        ? objection('consent_expired', `the consent to ${purpose} ran until ${day(now.consent.until ?? '')}`)
        : undefined;
    case 'unknown':
      return basis === 'consent'
        ? objection('consent_unknown', `no consent to ${purpose} on file`)
        : undefined;
  }
}
