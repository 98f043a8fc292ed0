import type { IcsEvent } from './ics-writer.js';

/** A leap year, for birthdays without a year: every day of the calendar is in it. */
const anyYear = '2000';

/**
 * When a birthday is, every year. Who was born on 29 February has it on the last day of that month.
 * @param birthday `YYYY-MM-DD`, or `--MM-DD`
 * @returns undefined for what is none
 */
export function birthdayTimes(birthday: string): Pick<IcsEvent, 'start' | 'rule'> | undefined {
  const match = /^(\d{4}|-)-(\d{2}-\d{2})$/.exec(birthday);
  if (!match) return undefined;
  const start = `${match[1] === '-' ? anyYear : match[1]}-${match[2]}`;
  if (!new Date(`${start}T00:00:00Z`).toJSON()?.startsWith(start)) return undefined;
  return { start, rule: `FREQ=YEARLY${match[2] === '02-29' ? ';BYMONTH=2;BYMONTHDAY=-1' : ''}` };
}
