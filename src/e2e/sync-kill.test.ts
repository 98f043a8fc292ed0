import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, start, workspace } from './harness.js';

const people = 300;
const file = (n: number) => `contacts/person-${n}-${String(n).padStart(10, '0')}.md`;
const person = (n: number, more: string) =>
  `---\nname: Person ${n} Rossi\nemails:\n  - p${n}@example.org\n${more}---\n`;

/** Where a ref of a clone points to. */
function ref(gitDir: string, name: string): string | undefined {
  const path = join(gitDir, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Moments of a sync, by what is on disk at each. */
const moments: [
  what: string,
  reached: (place: Place, before: Record<string, string | undefined>) => boolean,
][] = [
  ['has committed the hand edits', (place, { head }) => ref(place.path('.git'), 'refs/heads/main') !== head],
  ['has fetched', (place, { fetched }) => ref(place.path('.git'), 'refs/remotes/origin/main') !== fetched],
  ['has its merge built', (place) => existsSync(place.path('.git/index.lock'))],
  ['has written the first file of the team', (place) => place.files('interactions').length > 0],
  ['is half through them', (place) => place.files('interactions').length > people / 2],
  ['has written all of them', (place) => place.files('interactions').length === people],
  [
    'has published',
    (place, { fetched }) => {
      // The remote, a folder beside it, would die half way with it; when git has noted the answer here, it is through.
      const now = ref(place.path('.git'), 'refs/remotes/origin/main');
      return now !== fetched && now === ref(place.path('.git'), 'refs/heads/main');
    },
  ],
];

describe.concurrent('a sync that is killed', () => {
  const prepared = prepare();

  /** A bare remote, and two clones of which the first has published; the second has edits of the same files. */
  async function prepare() {
    const home = folder();
    const model = await workspace();
    const remote = join(home, 'team.git');
    mkdirSync(remote);
    await git(remote, 'init', '-q', '--bare', '-b', 'main');
    for (let n = 0; n < people; n++) model.write(file(n), person(n, ''));
    await model.git('add', '-A');
    await model.git('commit', '-qm', 'people');
    await model.git('branch', '-M', 'main');
    await model.git('remote', 'add', 'origin', '../team.git');
    cpSync(model.root, join(home, 'a'), { recursive: true });
    const a = new Place(join(home, 'a'), home);
    await a.git('push', '-q', '-u', 'origin', 'main');
    await git(home, 'clone', '-q', 'team.git', 'b');
    const b = new Place(join(home, 'b'), home);
    await b.git('remote', 'set-url', 'origin', '../team.git');
    for (const place of [a, b]) await place.ok('sync', '--json');
    for (let n = 0; n < people; n++) {
      a.write(file(n), person(n, 'title: Buyer\n'));
      a.write(
        `interactions/2026/11/call-${String(n).padStart(10, 'c')}.md`,
        `---\nat: 2026-11-19T10:00:00Z\nchannel: phone\ncontacts:\n  - ${file(n).slice(9, -3)}\n---\n\nCall ${n}.\n`,
      );
      b.write(file(n), person(n, 'language: it\n'));
    }
    await a.ok('sync');
    const whole = join(folder(), 'whole');
    cpSync(home, whole, { recursive: true });
    const other = new Place(join(whole, 'b'), whole);
    await other.ok('sync');
    return { home, wanted: other.tree() };
  }

  it.each(moments)('when it %s is completed by the next, and nothing is lost', async (_what, reached) => {
    const { home, wanted } = await prepared;
    const copy = join(folder(), 'copy');
    cpSync(home, copy, { recursive: true });
    const place = new Place(join(copy, 'b'), copy);
    const remote = join(copy, 'team.git');
    const before = {
      head: ref(place.path('.git'), 'refs/heads/main'),
      fetched: ref(place.path('.git'), 'refs/remotes/origin/main'),
    };
    // A group of its own, so that the gits it runs die with it, as when the machine loses power.
    const child = start(['-C', place.root, 'sync', '--quiet'], { env: place.env, detached: true });
    let ended = false;
    const end = new Promise<void>((done) => child.once('close', () => done()));
    child.once('exit', () => {
      ended = true;
    });
    while (!ended && !reached(place, before)) await turn();
    try {
      process.kill(-(child.pid as number), 'SIGKILL');
    } catch (error) {
      // It was quicker.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await end;

    const lock = place.path('.git/index.lock');
    if (existsSync(lock)) {
      // Only a person can know that no git runs any more; he is told what to do.
      expect(await place.itaca(['sync'])).toMatchObject({
        code: 5,
        stderr: expect.stringContaining(`if none runs here, remove ${lock}`),
      });
      rmSync(lock);
    }
    await place.ok('sync');
    expect(place.tree()).toEqual(wanted);
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(await git(remote, 'rev-parse', 'main')).toBe(await place.git('rev-parse', 'HEAD'));
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    expect(await place.itaca(['check', '--history'])).toMatchObject({ code: 0 });
    await place.git('fsck', '--no-dangling');
    const other = new Place(join(copy, 'a'), copy);
    await other.ok('sync');
    expect(other.tree()).toEqual(wanted);
  });
});
