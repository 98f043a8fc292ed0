import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';
import { twoClones } from './two-clones.js';

const mario = 'mario@example.it';

const at = async (place: Place, time: string, ...args: string[]) => {
  const run = await place.itaca(args, { env: { ITACA_NOW: `2026-11-${time}:00Z` } });
  expect(run.code, run.stderr).toBe(0);
  return run;
};

const standing = async (place: Place) =>
  (await place.ok('consent', 'show', mario, '--json')).json.standings[0] as { state: string };

describe.concurrent('two clones', () => {
  it('write consents of one person at once, and merge them without a conflict; the later word holds', async () => {
    const made = await workspace();
    await made.ok('contact', 'add', '--name', 'Mario Rossi', '--email', mario);
    const { a, b } = await twoClones(made);
    const wording = join(a.home, '..', 'form.txt');
    writeFileSync(wording, 'Vorrei la newsletter.\n');
    // Both are shown the same words; the one who writes first said the later word.
    await at(a, '18T10:00', 'consent', 'withdraw', mario, '--purpose', 'newsletter');
    const given = ['consent', 'give', mario, '--purpose', 'newsletter', '--wording', wording];
    await at(b, '17T09:00', ...given);
    await at(a, '17T09:30', ...given, '--source', 'stand');
    for (const place of [a, b, a]) await at(place, '18T12:00', 'sync');
    for (const place of [a, b]) {
      expect((await standing(place)).state).toBe('withdrawn');
      expect(place.files('wordings')).toHaveLength(1);
      expect((await place.ok('check')).stdout).toBe('');
    }
    const [card = ''] = a.files('contacts');
    expect(a.read(card)).toBe(b.read(card));
    expect(a.read(card).match(/- purpose:/g)).toHaveLength(3);
  });
});
