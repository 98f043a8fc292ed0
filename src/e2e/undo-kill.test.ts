import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Place, start, workspace } from './harness.js';

const rows = 1500;
const contacts = (place: Place) => place.files('contacts').length;

/** Moments of an undo, by what is on disk at each. */
const moments: [what: string, reached: (place: Place) => boolean][] = [
  ['is announced', (place) => existsSync(place.path('.itaca/pending.json'))],
  ['has removed its first file', (place) => contacts(place) < rows],
  ['is half through', (place) => contacts(place) < rows / 2],
  ['is nearly through', (place) => contacts(place) < rows * 0.05],
  ['has removed its last file', (place) => contacts(place) === 1],
];

describe.concurrent('an undo that is killed', () => {
  const prepared = prepare();

  async function prepare() {
    const model = await workspace();
    await model.ok('contact', 'add', '--name', 'Person 0 Rossi', '--email', 'p0@example.org');
    const before = model.tree();
    const lines = Array.from({ length: rows }, (_, i) => `Person ${i} Rossi,p${i}@example.org,note ${i}`);
    writeFileSync(model.path('../list.csv'), `Name,Email,Notes\n${lines.join('\n')}\n`);
    await model.ok('import', 'csv', model.path('../list.csv'), '--tag', 'list', '--yes', '--quiet');
    return { model, before, imported: model.tree() };
  }

  it.each(moments)(
    'when it %s leaves whole records, and is completed by the next',
    async (_what, reached) => {
      const { model, before, imported } = await prepared;
      const root = join(model.home, `copy-${moments.findIndex(([, one]) => one === reached)}`);
      cpSync(model.root, root, { recursive: true });
      const place = new Place(root, model.home);
      const child = start(['-C', root, 'undo', '--yes', '--quiet'], { env: place.env });
      let ended = false;
      const end = new Promise<void>((done) => child.once('close', () => done()));
      child.once('exit', () => {
        ended = true;
      });
      while (!ended && !reached(place)) await turn();
      child.kill('SIGKILL');
      await end;

      for (const [path, text] of Object.entries(place.tree()))
        expect(text === imported[path] || text === before[path], `${path} is torn`).toBe(true);
      expect(await place.itaca(['contact', 'list', '--json'])).toMatchObject({ code: 0 });
      const { commit } = (await place.ok('contact', 'add', '--name', 'Somebody Else', '--json')).json;
      expect(commit).toBeUndefined();
      await place.ok('undo');
      expect(await place.git('status', '--porcelain')).toBe('');

      const isUndone = contacts(place) === 1;
      if (!isUndone) {
        expect(place.tree()).toEqual(imported);
        await place.ok('undo', '--yes');
      }
      expect(place.tree()).toEqual(before);
      expect(await place.git('status', '--porcelain')).toBe('');
      await place.git('fsck', '--no-dangling');
    },
  );
});
