import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../calendars/calendar.js';
import { businessCalendar } from '../calendars/open-hours.js';
import { caseClocks } from './clocks.js';
import { processSchema } from './process.js';

const timeZone = 'Europe/Rome';
const week = { thu: ['09:00-13:00', '14:00-18:00'], fri: ['09:00-13:00'] };
const office = businessCalendar('office', calendarSchema.parse({ timezone: timeZone, week }), () => false);
const process = processSchema.parse({
  type: 'complaint',
  deadlines: [
    { clock: 'first_response', within: 'PT8H', calendar: 'office' },
    { clock: 'first_response', channel: 'phone', within: 'PT4H', calendar: 'office' },
    { clock: 'resolution', within: 'P30D' },
  ],
});
const now = Date.parse('2026-11-13T10:00+01:00'); // a Friday
const kase = { state: 'new' as const, opened_at: '2026-11-12T14:00:00+01:00' };

describe('the clocks of a case', () => {
  const clocks = (some: object, answeredAt?: number, calendars = new Map([['office', office]])) =>
    caseClocks({ ...kase, ...some }, process, answeredAt, now, timeZone, calendars);

  it('count open hours only where the deadline names a calendar', () => {
    expect(clocks({})).toEqual({
      age_hours: 20,
      due_at: '2026-11-13T13:00:00+01:00',
      due_for: 'first_response',
      overdue: false,
    });
    expect(clocks({ channel: 'phone' })).toMatchObject({
      due_at: '2026-11-12T18:00:00+01:00',
      overdue: true,
    });
  });

  it('count days and hours on the wall where it names none', () => {
    expect(clocks({}, now)).toMatchObject({ due_at: '2026-12-12T14:00:00+01:00', due_for: 'resolution' });
  });

  it('do not guess where the calendar is missing, and do not ask where no deadline runs', () => {
    expect(() => clocks({}, undefined, new Map())).toThrow(
      expect.objectContaining({ code: 'invalid', hint: expect.stringContaining('calendars/office.yaml') }),
    );
    expect(clocks({ state: 'closed' }, undefined, new Map())).toMatchObject({ due_at: null, overdue: false });
  });
});
