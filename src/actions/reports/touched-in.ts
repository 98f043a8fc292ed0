import { isoDate } from '../../domain/time/clock.js';
import type { BoundedPeriod } from '../../domain/time/period.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

const dayMs = 24 * 3_600_000;

/** In a period of more days than this, its months are looked for instead of its days. */
const fewDays = 8;

/** Of a period of more days than this, all records are read. */
const manyDays = 366;

/**
 * The records of a kind that may tell of something in a period: those with a time of one of its days, or of its months,
 * somewhere in them. To find the day of a digest among a hundred thousand cases, only those of that day are read whole.
 * @param also an SQL condition on `r` for records that are wanted anyway
 */
export function touchedIn(
  index: Index,
  kind: 'case' | 'promise',
  { since, until }: BoundedPeriod,
  also = '0',
): StoredRecord[] {
  const days = (until - since) / dayMs;
  if (days > manyDays) return index.list({ kinds: [kind] });
  const beginnings = new Set<string>();
  // A time stands with an offset, and so may name the day before or after.
  for (let at = since - dayMs; at < until + 2 * dayMs; at += dayMs)
    beginnings.add(`"${isoDate(at, 'UTC').slice(0, days > fewDays ? 7 : 10)}`);
  return index.select(
    `r.kind = ? and (${also} or exists (select 1 from json_each(?) d where instr(r.data, d.value) > 0))
     order by r.at desc, r.path`,
    [kind, JSON.stringify([...beginnings])],
  );
}
