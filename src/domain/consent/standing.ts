import type { Consent } from './consent.js';

/** How a person stands towards messages of one purpose on one channel. */
export type Standing =
  | { state: 'unknown' }
  | { state: 'given' | 'refused' | 'withdrawn' | 'expired'; consent: Consent };

/** On the same instant the word that forbids wins. */
const strictness = { given: 0, refused: 1, withdrawn: 2 } as const;

/**
 * What a person's word is now: the latest entry by `at` for the purpose, on this channel or without a channel.
 * @param over tells whether a date or time has passed (for `until`)
 */
export function standing(
  consents: Iterable<Consent>,
  purpose: string,
  channel: string,
  over: (when: string) => boolean,
): Standing {
  let latest: Consent | undefined;
  for (const entry of consents) {
    if (entry.purpose !== purpose) continue;
    if (entry.channel !== undefined && entry.channel !== channel) continue;
    if (latest === undefined || isLater(entry, latest)) latest = entry;
  }
  if (latest === undefined) return { state: 'unknown' };
  if (latest.state === 'given' && latest.until !== undefined && over(latest.until)) {
    return { state: 'expired', consent: latest };
  }
  return { state: latest.state, consent: latest };
}

function isLater(a: Consent, b: Consent): boolean {
  const difference = Date.parse(a.at) - Date.parse(b.at);
  return difference > 0 || (difference === 0 && strictness[a.state] >= strictness[b.state]);
}
