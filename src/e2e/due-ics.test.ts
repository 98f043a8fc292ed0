import { describe, expect, it } from 'vitest';
import { splitFeed } from '../domain/calendars/feed-text.js';
import { workspace } from './harness.js';

describe('due --ics', () => {
  it('is a calendar with an event for each row, the same ones at each time, whatever records say', async () => {
    const place = await workspace({ example: 'bookclub' });
    const nasty = 'call; bring a, b\\c\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x \u001b[31m 🎈'.repeat(3);
    place.write(
      'promises/nasty-nnnnnnnnnn.md',
      `---\nwhat: ${JSON.stringify(nasty)}\nby: boss\ndue: 2026-11-25\nmade_at: 2026-11-19T10:00:00Z\n---\n`,
    );
    const rows = (await place.ok('due', '--json')).json as { due: string; kind: string; ref: string }[];
    expect(rows.length).toBeGreaterThan(3);
    const { stdout, stderr } = await place.ok('due', '--ics');
    expect(stderr).toBe('');
    const { events, faults } = splitFeed(stdout);
    expect(faults).toEqual([]);
    expect(events).toHaveLength(rows.length);
    const value = (i: number, name: string) => events[i]?.lines.find((line) => line.name === name);
    const uids = rows.map((_, i) => value(i, 'UID')?.value);
    expect(new Set(uids).size).toBe(rows.length);
    for (const [i, { due, kind, ref }] of rows.entries()) {
      expect(uids[i]).toContain(`${kind}-${ref}`);
      const start = value(i, 'DTSTART');
      expect(start?.parameters.get('VALUE')).toBe(due.includes('T') ? undefined : 'DATE');
      const utc = due.includes('T') ? `${new Date(due).toISOString().slice(0, 19)}Z` : due;
      expect(start?.value).toBe(utc.replace(/[-:]/g, ''));
      expect(value(i, 'DTSTAMP')?.value).toBe('20261120T100000Z');
    }
    expect(stdout).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(stdout).not.toContain('\u001b');
    expect(stdout.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const later = await place.itaca(['due', '--ics'], { env: { ITACA_NOW: '2026-11-20T11:00:00Z' } });
    const again = splitFeed(later.stdout).events.map(({ lines }) => lines[0]?.value);
    expect([...again].sort()).toEqual([...uids].sort());
  });

  it('is empty where nothing is due, and no form beside another', async () => {
    const place = await workspace();
    const none = await place.ok('due', '--ics');
    expect(none.stdout).toMatch(/^BEGIN:VCALENDAR\r\n(?:.*\r\n)*END:VCALENDAR\r\n$/);
    expect(none.stdout).not.toContain('VEVENT');
    for (const other of [['--json'], ['--csv'], ['--fields', 'what']])
      expect(await place.itaca(['due', '--ics', ...other])).toMatchObject({ code: 2, stdout: '' });
  });
});
