/**
 * A birthday as the schema wants it: `YYYY-MM-DD`, or `--MM-DD` without the year. Read only where day and month cannot
 * be mistaken: year first, dots (day first wherever dots are used), a number over 12, or twice the same number.
 * @returns undefined for an ambiguous date (03/04/1970), one that does not exist, and Outlook's empty `0/0/00`
 */
export function birthdayOf(text: string): string | undefined {
  const written = text.trim().replace(/[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?$/, '');
  const yearFirst =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(written) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(written);
  if (yearFirst !== null) return dated(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!);
  const noYear = /^--(\d{2})-?(\d{2})$/.exec(written);
  if (noYear !== null) {
    const date = dated('2000', noYear[1]!, noYear[2]!);
    return date === undefined ? undefined : `-${date.slice(4)}`;
  }
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(written);
  if (yearLast === null) return undefined;
  const [, first, separator, second, year] = yearLast as unknown as [string, string, string, string, string];
  if (separator === '.' || Number(first) > 12 || first === second) return dated(year, second, first);
  return Number(second) > 12 ? dated(year, first, second) : undefined;
}

/** A birthday out of three columns; without the year where that is not given. */
export function birthdayOfParts(year: string, month: string, day: string): string | undefined {
  if (!/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return undefined;
  const two = (text: string) => text.padStart(2, '0');
  return birthdayOf(`${/^\d{4}$/.test(year) ? `${year}-` : '--'}${two(month)}-${two(day)}`);
}

function dated(year: string, month: string, day: string): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const real = Number(year) > 1800 && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date);
  return real ? date : undefined;
}
