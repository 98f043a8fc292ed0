import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place, start, workspace } from './harness.js';

const rows = 2000;

/** A list whose rows differ in size and in what they say, the same at each run. */
function list(): string {
  let seed = 20261120;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % below;
  };
  const lines = Array.from({ length: rows }, (_, i) => {
    const note = 'ciò che si è detto '.repeat(random(40));
    return `Person ${i} Rossi,p${i}@example.org,Firm ${random(300)} srl,${note}`;
  });
  return `Name,Email,Company,Notes\n${lines.join('\n')}\n`;
}

const count = (place: Place, folder: string) =>
  existsSync(place.path(folder)) ? readdirSync(place.path(folder)).length : 0;

/** Moments of an import, by what is on disk at each. */
const moments: [what: string, reached: (place: Place) => boolean][] = [
  ['is announced', (place) => existsSync(place.path('.itaca/pending.json'))],
  ['has written its first file', (place) => count(place, 'companies') > 0],
  ['is a third through', (place) => count(place, 'contacts') > rows / 3],
  ['is nearly through', (place) => count(place, 'contacts') > rows * 0.95],
  ['has written its last file', (place) => count(place, 'contacts') === rows],
];

describe.concurrent('an import that is killed', () => {
  const prepared = prepare();

  /** The workspace before the import, and everything it holds after one that was let finish. */
  async function prepare() {
    const before = await workspace();
    before.write('../list.csv', list());
    const whole = copy(before);
    await whole.ok('import', 'csv', before.path('../list.csv'), '--yes', '--quiet');
    return { before, csv: before.path('../list.csv'), tree: whole.tree() };
  }

  let copies = 0;
  function copy(place: Place): Place {
    const root = join(place.home, `copy-${++copies}`);
    cpSync(place.root, root, { recursive: true });
    return new Place(root, place.home);
  }

  it.each(moments)(
    'when it %s leaves whole records only, and is completed by the next',
    async (_what, reached) => {
      const { before, csv, tree } = await prepared;
      const place = copy(before);
      const child = start(['-C', place.root, 'import', 'csv', csv, '--yes', '--quiet'], { env: place.env });
      let ended = false;
      const end = new Promise<void>((done) => child.once('close', () => done()));
      child.once('exit', () => {
        ended = true;
      });
      while (!ended && !reached(place)) await turn();
      child.kill('SIGKILL');
      await end;

      for (const [path, text] of Object.entries(place.tree())) {
        expect(tree, path).toHaveProperty([path]);
        expect(text === tree[path], `${path} is torn`).toBe(true);
      }
      expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });

      const again = await place.itaca(['import', 'csv', csv, '--yes', '--json']);
      expect(again.code, again.stderr).toBe(0);
      expect(again.json.rows).toBe(rows);
      const now = place.tree();
      expect(Object.keys(now)).toEqual(Object.keys(tree));
      expect(Object.keys(tree).filter((path) => now[path] !== tree[path])).toEqual([]);
      expect(await place.git('status', '--porcelain')).toBe('');
      await place.git('fsck', '--no-dangling');
      expect((await place.ok('import', 'csv', csv, '--yes', '--json')).json).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: rows,
      });
    },
  );
});
