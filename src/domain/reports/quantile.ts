/**
 * A quantile of numbers, by linear interpolation between the two nearest (Hyndman and Fan's type 7, as R, NumPy and
 * spreadsheets have it); null of none.
 * @param share from 0 to 1; 0.5 is the median
 */
export function quantile(numbers: readonly number[], share: number): number | null {
  if (numbers.length === 0) return null;
  const sorted = Float64Array.from(numbers).sort();
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] as number;
  const above = sorted[Math.ceil(at)] as number;
  return below + (above - below) * (at - Math.floor(at));
}
