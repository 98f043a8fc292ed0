import type { Consent } from './consent.js';

/** How a person stands towards messages of one purpose on one channel. */
export type Standing =
  | { state: 'unknown' }
  | { state: 'given' | 'refused' | 'withdrawn' | 'expired'; consent: Consent };

/** On the same instant the word that forbids wins. */
const strictness = { given: 0, refused: 1, withdrawn: 2 } as const;

/**
 * What a person's word is now: the latest entry by `at` for the purpose, on this channel or without a channel.
 * In doubt the word that forbids holds: a no of a date alone counts to the end of its day, a yes from its beginning; a
 * yes of the future is none yet; a no to a purpose that nobody knows (`all`, a slip of the pen) is a no to every one.
 * @param over tells whether a date or time has passed
 * @param isPurpose whether the workspace knows a purpose
 */
export function standing(
  consents: Iterable<Consent>,
  purpose: string,
  channel: string,
  over: (when: string) => boolean,
  isPurpose: (purpose: string) => boolean = () => true,
): Standing {
  let latest: Consent | undefined;
  for (const entry of consents) {
    const named = entry.purpose === purpose || (entry.state !== 'given' && !isPurpose(entry.purpose));
    if (!named) continue;
    if (entry.state === 'given' && !over(entry.at.length === 10 ? `${entry.at}T00:00:00Z` : entry.at))
      continue;
    if (entry.channel !== undefined && entry.channel !== channel) continue;
    if (latest === undefined || isLater(entry, latest)) latest = entry;
  }
  if (latest === undefined) return { state: 'unknown' };
  if (latest.state === 'given' && latest.until !== undefined && over(latest.until)) {
    return { state: 'expired', consent: latest };
  }
  return { state: latest.state, consent: latest };
}

const dayMs = 86_400_000;

function moment({ at, state }: Consent): number {
  return Date.parse(at) + (at.length === 10 && state !== 'given' ? dayMs : 0);
}

function isLater(a: Consent, b: Consent): boolean {
  const difference = moment(a) - moment(b);
  return difference > 0 || (difference === 0 && strictness[a.state] >= strictness[b.state]);
}
