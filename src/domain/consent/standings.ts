import { trackingPurpose } from '../campaigns/tracking.js';
import type { Consent } from './consent.js';
import { type Standing, standing } from './standing.js';

/** How a person stands, for people: a yes that ends soon is told apart from one that does not. */
export type StandingWord = Standing['state'] | 'expiring';

/** How a person stands towards one purpose. */
export interface PurposeStanding {
  purpose: string;
  /** Null: every channel that has no line of its own. */
  channel: string | null;
  /** What messages of this purpose rest on. */
  basis: string;
  state: StandingWord;
  /** Whether his word lets him be written to. */
  may_write: boolean;
  /** The entry that decides. */
  consent?: Consent;
}

export interface StandingRules {
  /** What each purpose rests on; one that is not listed rests on consent. */
  purposes: Readonly<Record<string, { basis?: string }>>;
  /** Whether a date or time has passed. */
  over(when: string): boolean;
  /** Whether a date or time will have passed soon. */
  soon(when: string): boolean;
}

/** How a person stands towards one purpose on one channel; without a channel, where none is named. */
export function standingTowards(
  consents: readonly Consent[],
  purpose: string,
  channel: string | null,
  { purposes, over, soon }: StandingRules,
): PurposeStanding {
  const isPurpose = (name: string) => isKnownPurpose(name, purposes) || name === purpose;
  const now = standing(consents, purpose, channel ?? '', over, isPurpose);
  const basis = basisOf(purpose, purposes);
  const shared = { purpose, channel, basis };
  if (now.state === 'unknown') return { ...shared, state: 'unknown', may_write: basis !== 'consent' };
  const { state, consent } = now;
  const ends = state === 'given' && consent.until !== undefined && soon(consent.until);
  return {
    ...shared,
    state: ends ? 'expiring' : state,
    may_write: state === 'given' || (state === 'expired' && basis !== 'consent'),
    consent,
  };
}

/**
 * How a person stands towards every purpose that there is, or that he said something about: a line for each channel that
 * he named, and one for all others.
 */
export function standingsOf(consents: readonly Consent[], rules: StandingRules): PurposeStanding[] {
  const purposes = new Set([...Object.keys(rules.purposes), ...consents.map(({ purpose }) => purpose)]);
  return [...purposes].flatMap((purpose) => {
    const about = consents.filter((one) => one.purpose === purpose);
    const named = [...new Set(about.flatMap(({ channel }) => channel ?? []))].sort();
    const all = standingTowards(consents, purpose, null, rules);
    const each = named.map((channel) => standingTowards(consents, purpose, channel, rules));
    return named.length > 0 && all.consent === undefined ? each : [...each, all];
  });
}

/** What messages of a purpose rest on. */
export function basisOf(purpose: string, purposes: StandingRules['purposes']): string {
  return (Object.hasOwn(purposes, purpose) ? purposes[purpose]?.basis : undefined) ?? 'consent';
}

/** Whether the house knows a purpose: its own, and the one that is Itaca's. Any, where it lists none. */
export function isKnownPurpose(name: string, purposes: StandingRules['purposes']): boolean {
  return Object.keys(purposes).length === 0 || Object.hasOwn(purposes, name) || name === trackingPurpose;
}

/**
 * Whether a yes can be demonstrated, as whoever rests on it must be able to (GDPR art. 7(1)): the words that were shown
 * are on file, or what he signed. Only a yes to what rests on consent has to be.
 */
export function lacksProof({ state, basis = 'consent', wording_sha256, evidence }: Consent): boolean {
  return (
    state === 'given' && basis === 'consent' && wording_sha256 === undefined && (evidence ?? '').trim() === ''
  );
}
