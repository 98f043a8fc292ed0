import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { itaca, project, sum, workspace } from './harness.js';

const data = resolve(project, process.env.ITACA_DATA ?? '../shared/data');

/** Every CSV file below some folders of the data, relative to it. */
const lists = ['import/samples', 'dedupe/fake_1000', 'dedupe/dqbench_er']
  .map((folder) => join(data, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((file) => file.endsWith('.csv') && statSync(file).isFile()),
  )
  .map((file) => relative(data, file))
  .sort();

describe.skipIf(lists.length === 0)(
  `lists that others made${lists.length === 0 ? ' (skipped: no data)' : ''}`,
  () => {
    it.each(lists.length > 0 ? lists : ['none'])('%s: no crash, and the counts add up', async (name) => {
      const place = await workspace();
      const file = join(data, name);
      const before = place.tree();

      const out = { clean: place.path('../clean.csv'), removed: place.path('../removed.csv') };
      const dedupe = await itaca([
        'dedupe',
        file,
        '-o',
        out.clean,
        '--removed',
        out.removed,
        '--country',
        'US',
        '--json',
      ]);
      if (dedupe.code === 0) {
        const { rows, kept, removed, reasons } = dedupe.json;
        expect(rows).toBe(kept + removed);
        expect(sum(reasons)).toBe(removed);
        expect(dedupe.json.removed_rows).toHaveLength(removed);
        expect(readFileSync(out.clean).length + readFileSync(out.removed).length).toBeGreaterThan(0);
        // What was cleaned is clean.
        const again = await itaca(['dedupe', out.clean, '--country', 'US', '--json']);
        if (kept > 0) expect(again.json, name).toMatchObject({ rows: kept, removed: 0 });
      } else {
        expect(dedupe, dedupe.stderr).toMatchObject({ code: 4, stdout: '' });
        expect(dedupe.error).toMatchObject({ code: 'invalid', path: file });
        expect(existsSync(out.clean)).toBe(false);
      }

      const dry = await place.itaca(['import', 'csv', file, '--dry-run', '--json']);
      expect(place.tree()).toEqual(before);
      if (dry.code === 0) {
        const { rows, created, updated, unchanged, refused } = dry.json;
        expect(rows).toBe(created + updated + unchanged + refused);
      } else {
        expect(dry, dry.stderr).toMatchObject({ code: 4, stdout: '' });
        expect(dry.error).toMatchObject({ code: 'invalid', path: file });
      }
    });

    it.each(
      lists.length > 0
        ? lists.filter((name) => /fake_1000\.csv|subs\.csv|gmail|outlook|google|excel/.test(name))
        : ['none'],
    )('%s: a second import changes nothing', async (name) => {
      const place = await workspace();
      const line = ['import', 'csv', join(data, name), '--yes', '--json'];
      const first = await place.itaca(line);
      if (first.code === 4) return;
      expect(first.code, first.stderr).toBe(0);
      const head = await place.git('rev-parse', 'HEAD');
      const second = await place.itaca(line);
      expect(second.json).toMatchObject({
        rows: first.json.rows,
        created: 0,
        updated: 0,
        refused: first.json.refused,
      });
      expect(await place.git('rev-parse', 'HEAD')).toBe(head);
      expect(await place.git('status', '--porcelain')).toBe('');
      // One list has words where its numbers should be; what it says is kept, and check says so.
      const found = (await place.itaca(['check'])).stdout.split('\n').filter(Boolean);
      expect(found.filter((line) => !line.endsWith('is no telephone number'))).toEqual([]);
    });
  },
);
