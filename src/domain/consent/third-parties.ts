import { foldText } from '../contacts/person-name.js';
import type { Consent } from './consent.js';
import { standing } from './standing.js';

/** To whom people are to be handed on, and for what. */
export interface HandingOn {
  /** The third party's name. */
  to: string;
  /** Only a consent to this purpose counts; to any where absent. */
  purpose?: string;
}

/** Why a person is not handed on, the weightiest first. */
export const handOnObjections = [
  'suppressed',
  'consent_withdrawn',
  'consent_refused',
  'consent_expired',
  'other_party',
  'other_basis',
  'consent_unknown',
] as const;

export type HandOnObjection = (typeof handOnObjections)[number];

export interface HandOnRules {
  /** Whether a date or time has passed. */
  over: (when: string) => boolean;
  isPurpose: (purpose: string) => boolean;
}

/**
 * Whether a person's word covers handing him on to a third party: the latest for some purpose is a given consent that
 * has not expired and that names the party, or any third party. No other basis does: that a firm needs data for its
 * contract, or finds it has an interest, is no word of the person about others. A no on one channel of the purpose is a
 * no: what is handed on cannot be cut by channels.
 * @returns the consent that covers it, or what stands against it
 */
export function handOnCoverage(
  consents: readonly Consent[],
  { to, purpose }: HandingOn,
  rules: HandOnRules,
): Consent | HandOnObjection {
  const objections = new Set<HandOnObjection>();
  const purposes = purpose === undefined ? consents.map((entry) => entry.purpose) : [purpose];
  for (const one of new Set(purposes)) {
    const found = coverageOf(consents, one, to, rules);
    if (typeof found !== 'string') return found;
    objections.add(found);
  }
  return handOnObjections.find((objection) => objections.has(objection)) ?? 'consent_unknown';
}

function coverageOf(
  consents: readonly Consent[],
  purpose: string,
  to: string,
  { over, isPurpose }: HandOnRules,
): Consent | HandOnObjection {
  const channels = consents.filter((entry) => entry.purpose === purpose).map(({ channel }) => channel ?? '');
  const words = [...new Set(['', ...channels])].map((channel) =>
    standing(consents, purpose, channel, over, (known) => known === purpose || isPurpose(known)),
  );
  const is = (state: string) => words.some((word) => word.state === state);
  if (is('withdrawn')) return 'consent_withdrawn';
  if (is('refused')) return 'consent_refused';
  const given = words.flatMap((word) => (word.state === 'given' ? [word.consent] : []));
  const forOthers = given.filter(({ third_parties }) => partiesOf(third_parties).length > 0);
  const naming = forOthers.filter(({ third_parties }) =>
    partiesOf(third_parties).some((party) => party === true || foldText(party) === foldText(to)),
  );
  const covers = naming.find(({ basis = 'consent' }) => basis === 'consent');
  if (covers) return covers;
  if (naming.length > 0) return 'other_basis';
  if (forOthers.length > 0) return 'other_party';
  return is('expired') ? 'consent_expired' : 'consent_unknown';
}

/** The parties that a consent names; `true` stands for any. */
function partiesOf(named: Consent['third_parties']): (string | true)[] {
  if (named === undefined || named === false || named === 'false') return [];
  if (named === true || named === 'true') return [true];
  return [named].flat().filter((party) => foldText(party) !== '');
}

const sentences: Readonly<Record<HandOnObjection, string>> = {
  suppressed: 'an address is suppressed',
  consent_withdrawn: 'consent withdrawn',
  consent_refused: 'consent refused',
  consent_expired: 'the consent has expired',
  other_party: 'the consent names other third parties',
  other_basis: 'the basis is not consent',
  consent_unknown: 'no consent speaks of third parties',
};

/** An objection in words. */
export function handOnSentence(objection: HandOnObjection): string {
  return sentences[objection];
}

/** What of a person goes to a third party: what names and reaches him, and no more (GDPR art. 5(1)(c)). */
export const handedOnKeys: readonly string[] = [
  ...['name', 'given_name', 'family_name', 'company', 'title'],
  ...['emails', 'phones', 'addresses', 'language'],
];
