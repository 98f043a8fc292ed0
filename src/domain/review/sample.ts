import { createHash } from 'node:crypto';

/**
 * Draws a sample. What is drawn depends on the seed and the ids alone, not on their order; a case more or less in the
 * pool changes no more than one of the sample.
 * @param count how many; all of them where there are no more
 */
export function drawSample<T extends { id: string }>(pool: readonly T[], count: number, seed: string): T[] {
  return pool
    .map((item) => ({ item, lot: createHash('sha256').update(`${seed}\0${item.id}`).digest('hex') }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, count)
    .map(({ item }) => item);
}
