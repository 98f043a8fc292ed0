/** Whom dates and amounts are written for. */
export interface Locale {
  /** BCP 47. */
  language: string;
  /** IANA. */
  timeZone: string;
}

/** So many ways of writing are kept ready: making one takes longer than a whole message. */
const mostKept = 500;

const dateStyles = ['short', 'medium', 'long', 'full'] as const;

type DateStyle = (typeof dateStyles)[number];

/** Whether a word names a way of writing a date, and is no pattern such as `%d.%m.%Y`. */
export function isDateStyle(word: string): word is DateStyle {
  return (dateStyles as readonly string[]).includes(word);
}

/**
 * A date of a record as a person writes it: `24 novembre 2026`. A date is the same day everywhere; a time is the day that
 * it is where the person lives. A birthday without its year has a day and a month.
 * @param value `YYYY-MM-DD`, `--MM-DD`, or ISO 8601 with offset
 * @returns undefined for what is no date
 */
export function localDate(value: string, locale: Locale, style: DateStyle = 'long'): string | undefined {
  const yearless = /^--(\d{2}-\d{2})$/.exec(value)?.[1];
  // A leap year, in which every day exists.
  const day = yearless === undefined ? value : `2024-${yearless}`;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day);
  if (!isDay && !isInstant(day)) return undefined;
  const at = new Date(day);
  if (Number.isNaN(at.getTime()) || (isDay && !at.toISOString().startsWith(day))) return undefined;
  const timeZone = isDay ? 'UTC' : locale.timeZone;
  const options: Intl.DateTimeFormatOptions =
    yearless === undefined ? { dateStyle: style, timeZone } : { month: 'long', day: 'numeric', timeZone };
  return dates(locale.language, options).format(at);
}

/** A time of a record with its offset, for which the day depends on where one lives. */
export function isInstant(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(value);
}

/**
 * An amount as a person writes it: `12,50 €`. To the last digit as it is on file, however long it is.
 * @param amount decimal, such as `12.50`
 * @param currency ISO 4217
 * @returns undefined for what is no amount or no currency
 */
export function localMoney(amount: string, currency: string, { language }: Locale): string | undefined {
  if (!/^-?\d{1,20}(?:\.\d{1,6})?$/.test(amount) || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return amounts(language, { style: 'currency', currency }).format(amount as Intl.StringNumericLiteral);
}

const dates = keeper((language: string, options: Intl.DateTimeFormatOptions) =>
  spoken((one) => new Intl.DateTimeFormat(one, options), language),
);

const amounts = keeper((language: string, options: Intl.NumberFormatOptions) =>
  spoken((one) => new Intl.NumberFormat(one, options), language),
);

/** In a language; in English where that is none. */
function spoken<T>(make: (language: string) => T, language: string): T {
  try {
    return make(language);
  } catch {
    return make('en');
  }
}

function keeper<O, T>(make: (language: string, options: O) => T): (language: string, options: O) => T {
  const kept = new Map<string, T>();
  return (language, options) => {
    const key = `${language}\0${JSON.stringify(options)}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const made = make(language, options);
    kept.set(key, made);
    return made;
  };
}

const zones = keeper((timeZone: string, _: null) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
});

/**
 * Whom a message is written for: in the language of its text, as it is spoken where he lives (`de-AT` of a text in `de`),
 * and by his own clock, if one is on file.
 * @param text what the message is written in
 * @param house time zone of the workspace
 */
export function localeFor(
  person: { language?: unknown; timezone?: unknown },
  text: string,
  house: string,
): Locale {
  const { language, timezone } = person;
  const spoken =
    typeof language === 'string' && language.toLowerCase().startsWith(`${text.toLowerCase()}-`)
      ? language
      : text;
  const own = typeof timezone === 'string' && zones(timezone, null) ? timezone : house;
  return { language: spoken, timeZone: own };
}
