import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInMemory, RowWriter, type Sqlite } from '../../workspace/index/database.js';
import { Index } from '../../workspace/index/index.js';
import { rowOf } from '../../workspace/index/row.js';
import { touchedIn } from './touched-in.js';

const zones = ['Z', '+14:00', '-12:00', '+01:00'];
const first = Date.UTC(2024, 0, 1);
const span = 900 * 24 * 3_600_000;
const count = 400;

/** A moment as a record of some zone writes it. */
function written(at: number, zone: string): string {
  const [, sign = '+', hours = '0'] = /^([+-])(\d\d)/.exec(zone) ?? [];
  const local = at + Number(`${sign}${hours}`) * 3_600_000;
  return `${new Date(local).toISOString().slice(0, 19)}${zone}`;
}

let db: Sqlite;
let index: Index;
beforeAll(async () => {
  db = await openInMemory();
  const rows = Array.from({ length: count }, (_, i) => {
    const at = written(first + Math.floor((i / count) * span), zones[i % zones.length] as string);
    const id = `cccccc${1000 + i}`;
    return rowOf('promise', `promises/p-${id}.md`, `---\nwhat: x\nkept_at: ${at}\n---\n`, undefined);
  });
  new RowWriter(db, true).put(rows);
  index = new Index(db, { country: undefined, me: () => undefined, moment: () => 0, recipients: () => [] });
});
afterAll(() => db.close());

it('misses no record that tells of something in the period, in whatever zone it was written', () => {
  const start = fc.integer({ min: first, max: first + span });
  const length = fc.oneof(
    fc.integer({ min: 1, max: 10 * 24 * 3_600_000 }),
    fc.integer({ min: 1, max: 400 * 24 * 3_600_000 }),
  );
  fc.assert(
    fc.property(start, length, (since, more) => {
      const within = (kept: unknown) => {
        const at = Date.parse(String(kept));
        return at >= since && at < since + more;
      };
      const found = touchedIn(index, 'promise', { since, until: since + more });
      const wanted = index.list({ kinds: ['promise'] }).filter(({ data }) => within(data.kept_at));
      expect(found.filter(({ data }) => within(data.kept_at)).map(({ id }) => id)).toEqual(
        wanted.map(({ id }) => id),
      );
      if (more < 8 * 24 * 3_600_000) expect(found.length).toBeLessThan(20);
    }),
  );
});

it('gives what is wanted anyway, too', () => {
  const period = { since: 0, until: 1 };
  expect(touchedIn(index, 'promise', period)).toEqual([]);
  expect(touchedIn(index, 'promise', period, "r.id = 'cccccc1000'")).toHaveLength(1);
});
