import { describe, expect, it } from 'vitest';
import { workspace } from './harness.js';

describe.concurrent('a time that the clocks show twice, or never', () => {
  it('is taken, and said on standard error', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it');
    const twice = await place.ok(
      'log',
      'phone',
      'mario@example.it',
      'rang',
      '--at',
      '2026-10-25 02:30',
      '--json',
    );
    expect(twice.json.at).toBe('2026-10-25T02:30:00+02:00');
    expect(twice.stderr).toBe(
      'warning: 02:30 comes twice on 2026-10-25 in Europe/Rome; the first is taken, and the second would be 2026-10-25T02:30:00+01:00\n',
    );
    const never = await place.ok('promise', 'add', 'mario@example.it', 'ring', '--due', '2027-03-28 02:30');
    expect(never.stderr).toContain(
      '02:30 does not come on 2027-03-28 in Europe/Rome, where the clocks go forward',
    );
    expect((await place.ok('due', '--json')).json[0].due).toBe('2027-03-28T03:30:00+02:00');
    for (const args of [
      ['due', '--within', '2027-03-28 02:30'],
      ['history', '--since', '2026-10-25 02:30'],
    ])
      expect((await place.ok(...args)).stderr).toMatch(/^warning: 02:30 /);
    expect((await place.ok('due', '--within', '2027-03-28 02:30', '--quiet')).stderr).toBe('');
  });
});
