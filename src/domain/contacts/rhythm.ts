import { addDuration } from '../time/clock.js';

/** When somebody was last in touch with a person. Epoch milliseconds; null where never. */
export interface LastContact {
  inbound: number | null;
  outbound: number | null;
}

/** What the rhythm of a person says. Epoch milliseconds. */
export interface Rhythm {
  /** When the next contact is due: the rhythm after the last one, whoever began it. */
  due: number;
  /** Since when the person owes us a word: twice the rhythm after his last, though we were in touch; null where not. */
  silentSince: number | null;
}

/**
 * Reads the rhythm in which somebody wants to keep in touch with a person.
 * @param every ISO 8601 duration, the contact's `keep_in_touch`
 * @param since when the person came on file, for whom nothing or nothing of his is; null where that is not known
 * @param now for who was never in touch and came nobody knows when: he is due at once
 */
export function rhythmOf(
  every: string,
  last: LastContact,
  { since, now, timeZone }: { since: number | null; now: number; timeZone: string },
): Rhythm {
  const any = Math.max(last.inbound ?? Number.NEGATIVE_INFINITY, last.outbound ?? Number.NEGATIVE_INFINITY);
  const from = Number.isFinite(any) ? any : since;
  const heard = last.inbound ?? since;
  const weWrote = heard !== null && last.outbound !== null && last.outbound > heard;
  return {
    due: from === null ? now : addDuration(from, every, timeZone),
    silentSince: weWrote ? addDuration(addDuration(heard, every, timeZone), every, timeZone) : null,
  };
}
