import { ItacaError } from '../error.js';
import type { IsHoliday } from './open-hours.js';

/** Where public holidays are those of. */
export interface HolidayPlace {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** ISO 3166-2 without the country, `BY`; a part of it with holidays of its own follows a dash, `BY-A` (Augsburg). */
  region?: string | undefined;
}

/**
 * Loads the public holidays of a country and region, from the date-holidays package. They are the days off by law for
 * everybody: no bank or school holidays, no half days (Christmas Eve from 13:00 in Iceland), no patron saint of a town;
 * those belong under the exceptions of a calendar. A year is computed once.
 * @throws ItacaError `invalid` for a country or region of which no holidays are known
 */
export async function loadHolidays({ country, region }: HolidayPlace): Promise<IsHoliday> {
  // Loaded by the command that counts open hours, and by no other: it costs more than the rest of a read.
  const { default: Holidays } = await import('date-holidays');
  const holidays = new Holidays();
  if (!(country in holidays.getCountries()))
    throw unknown(`country "${country}"`, 'list its days under exceptions');
  const [state, part] = region?.split('-') ?? [];
  const states = holidays.getStates(country) ?? {};
  if (state !== undefined && !(state in states))
    throw unknown(`region "${region}" of ${country}`, known(states));
  const parts = (state !== undefined && holidays.getRegions(country, state)) || {};
  if (part !== undefined && !(part in parts))
    throw unknown(`region "${region}" of ${country}`, known(parts, state));

  holidays.init({ country, ...(state ? { state } : {}), ...(part ? { region: part } : {}) });
  const years = new Map<number, ReadonlySet<string>>();
  const ofYear = (year: number) => {
    let dates = years.get(year);
    if (!dates) {
      dates = new Set(holidays.getHolidays(year).filter(isPublic).flatMap(wholeDays));
      years.set(year, dates);
    }
    return dates;
  };
  return (date) => {
    const year = Number(date.slice(0, 4));
    // A feast of several days may have begun in the year before.
    return ofYear(year).has(date) || (date.slice(5, 7) === '01' && ofYear(year - 1).has(date));
  };
}

interface Holiday {
  /** Local: `2026-12-25 00:00:00`. */
  date: string;
  start: Date;
  end: Date;
  type: string;
}

function isPublic({ type }: Holiday): boolean {
  return type === 'public';
}

/** The dates that a holiday covers from midnight to midnight. */
function wholeDays({ date, start, end }: Holiday): string[] {
  if (!date.includes(' 00:00:00')) return [];
  // A day on which the clocks go forward has an hour less.
  const days = Math.floor(((end.getTime() - start.getTime()) / 3_600_000 + 1) / 24);
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: days }, (_, day) =>
    new Date(first + day * 86_400_000).toISOString().slice(0, 10),
  );
}

function unknown(what: string, hint: string): ItacaError {
  return new ItacaError('invalid', `holidays: no public holidays are known for ${what}`, { hint });
}

function known(names: Record<string, string>, prefix?: string): string {
  const list = Object.entries(names).map(([code, name]) => `${prefix ? `${prefix}-` : ''}${code} (${name})`);
  return list.length > 0 ? `known are: ${list.join(', ')}` : 'none are known there; leave the region out';
}
