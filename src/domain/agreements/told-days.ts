import { plainDay } from '../time/days.js';

let monthNames: Map<string, number> | undefined;

/** The number of each month by its names, folded, in five languages; by its first three letters where these are its own. */
function months(): Map<string, number> {
  if (monthNames) return monthNames;
  monthNames = new Map();
  for (const language of ['en', 'it', 'de', 'fr', 'es'])
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
      for (let n = 1; n <= 12; n++) {
        const name = fold(format.format(new Date(Date.UTC(2026, n - 1, 15)))).replace('.', '');
        if (!monthNames.has(name)) monthNames.set(name, n);
      }
    }
  return monthNames;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const mostCharacters = 20_000;
const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
const numeric = /\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b/g;
const dayFirst =
  /\b(\d{1,2})(?:st|nd|rd|th|[.°º])?\s{1,3}(?:(?:of|de|di)\s{1,3})?([a-z]{3,10})\b\.?(?:,?\s{1,3}(?:(?:de|del)\s{1,3})?(\d{4})\b)?/g;
const monthFirst = /\b([a-z]{3,10})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s{1,3}(\d{4})\b)?/g;

/**
 * The days that a text names, `YYYY-MM-DD`, each once: `2027-03-31`, `31.3.2027` (day first, as Europe writes it), `31 March
 * 2027`, `March 31`, in English, Italian, German, French or Spanish. One without a year is the next such day.
 * @param said the day on which it was said
 */
export function daysIn(text: string, said: string): string[] {
  const plain = fold(text.slice(0, mostCharacters));
  const found = new Set<string>();
  const add = (year: string | undefined, month: number | undefined, day: string | undefined) => {
    if (month === undefined || day === undefined) return;
    const rest = `${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
    const first = Number(said.slice(0, 4));
    const years = year === undefined ? [first, first + 1] : [Number(year)];
    const days = years.map((one) => `${one}-${rest}`).filter((one) => plainDay(one) !== undefined);
    const next = year === undefined ? days.find((one) => one >= said) : days[0];
    if (next !== undefined) found.add(next);
  };
  for (const [, year, month, day] of plain.matchAll(iso)) add(year, Number(month), day);
  for (const [, day, month, year] of plain.matchAll(numeric)) add(year, Number(month), day);
  for (const [, day, month = '', year] of plain.matchAll(dayFirst)) add(year, months().get(month), day);
  for (const [, month = '', day, year] of plain.matchAll(monthFirst)) add(year, months().get(month), day);
  return [...found].sort();
}
