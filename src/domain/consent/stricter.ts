import type { Consent } from './consent.js';
import { standing } from './standing.js';

export interface StricterRules {
  /** Whether a date or time has passed. */
  over: (when: string) => boolean;
  isPurpose: (purpose: string) => boolean;
}

/**
 * The words that must be said anew where two records of a person become one: a no of either holds, also where the other
 * said yes later, until the person gives a new consent.
 * @param entry what is the same in all of them: when, by whom, from where
 */
export function stricterWords(
  own: readonly Consent[],
  other: readonly Consent[],
  entry: Pick<Consent, 'at' | 'by' | 'source'>,
  { over, isPurpose }: StricterRules,
): Consent[] {
  const all = [...own, ...other];
  const asked = new Map(
    all.map(({ purpose, channel }) => [`${purpose}\0${channel ?? ''}`, { purpose, channel }]),
  );
  return [...asked.values()].flatMap(({ purpose, channel }): Consent[] => {
    const stands = (consents: readonly Consent[]) =>
      standing(consents, purpose, channel ?? '', over, isPurpose).state;
    const no = [own, other].map(stands).find((state) => state === 'refused' || state === 'withdrawn');
    const together = stands(all);
    if (no === undefined || together === 'refused' || together === 'withdrawn') return [];
    return [
      {
        purpose,
        ...(channel === undefined ? {} : { channel }),
        state: no as 'refused' | 'withdrawn',
        ...entry,
      },
    ];
  });
}

/**
 * What a person said under a record and under those merged into it. A no that reached a merged record by another clone
 * counts at the latest from the merge on, so that no yes of before takes it back.
 * @param merged consents of each merged record, with the time of its merge
 */
export function consentsOfAll(
  own: readonly Consent[],
  merged: readonly { consents: readonly Consent[]; at: string | undefined }[],
): Consent[] {
  const known = new Set(own.map(wording));
  const later = merged.flatMap(({ consents, at }) =>
    consents
      .filter((consent) => !known.has(wording(consent)))
      .map((consent) =>
        consent.state !== 'given' && at !== undefined && Date.parse(at) > Date.parse(consent.at)
          ? { ...consent, at }
          : consent,
      ),
  );
  return [...own, ...later];
}

/** As `consentsOfAll`, of a contact with those that were merged into it. */
export function consentsOfPerson({
  data,
  merged,
}: {
  data: { consents?: Consent[] | undefined };
  merged?: readonly { data: { consents?: Consent[] | undefined }; at: string | undefined }[];
}): Consent[] {
  const own = data.consents ?? [];
  if (!merged) return own;
  return consentsOfAll(
    own,
    merged.map((one) => ({ consents: one.data.consents ?? [], at: one.at })),
  );
}

function wording(consent: Consent): string {
  return JSON.stringify([consent.purpose, consent.channel ?? null, consent.state, consent.at]);
}
