import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { leftIn, mario, teamWithMario } from './erase-team.js';
import { folder, git, Place, start } from './harness.js';

/** Moments of a purge, by what git says of the clone. */
const moments: [what: string, reached: (place: Place, refs: Record<string, string>) => Promise<boolean>][] = [
  [
    'has fetched all of the remote',
    async (place) => (await names(place)).some((one) => one.includes('/purge/')),
  ],
  ['has moved the branches', async (_, refs) => refs['refs/itaca/rewritten'] !== undefined],
  [
    'has published',
    async (place, refs) => {
      const remote = await git(place.home, '-C', 'team.git', 'rev-parse', 'main');
      return remote === refs['refs/heads/main'] && refs['refs/itaca/rewritten'] !== undefined;
    },
  ],
];

async function refsOf(place: Place): Promise<Record<string, string>> {
  const text = await place.git('for-each-ref', '--format=%(refname) %(objectname)');
  return Object.fromEntries(text.split('\n').map((line) => line.split(' ')));
}

async function names(place: Place): Promise<string[]> {
  return Object.keys(await refsOf(place));
}

describe('a purge that is killed', () => {
  it('leaves the old past or the new one, and the same command again completes it', async () => {
    const team = await teamWithMario();
    await team.a.ok('contact', 'erase', mario, '--confirm', 'Mario Rossi');
    await team.a.ok('sync');
    for (const [what, reached] of moments) {
      const home = folder();
      cpSync(team.remote, join(home, 'team.git'), { recursive: true });
      cpSync(team.a.root, join(home, 'W'), { recursive: true });
      const place = new Place(join(home, 'W'), home);
      await place.git('remote', 'set-url', 'origin', '../team.git');
      const args = [
        '-C',
        place.root,
        'contact',
        'erase',
        mario,
        '--purge-history',
        '--confirm',
        mario,
        '--json',
      ];
      const before = await refsOf(place);
      const child = start(args, { env: place.env });
      const ended = new Promise<void>((done) => child.on('close', () => done()));
      let over = false;
      void ended.then(() => {
        over = true;
      });
      while (!over && !(await reached(place, await refsOf(place)))) await turn();
      child.kill('SIGKILL');
      await ended;
      const after = await refsOf(place);
      // The branch has one more commit, that the past is purged; what was published before is moved only with all else.
      const seen = Object.keys(before).find((name) => name.startsWith('refs/itaca/seen/')) as string;
      expect(after[seen] !== before[seen], what).toBe(after['refs/itaca/rewritten'] !== undefined);
      await place.git('fsck', '--full');
      // What is published once more would bring the old past back.
      if (existsSync(place.path('.git/itaca/rewriting')))
        expect((await place.itaca(['sync'])).code, what).toBe(6);
      const again = await place.itaca(args.slice(2));
      expect([what, again.code, again.stderr]).toEqual([what, 0, '']);
      expect([what, leftIn(place)]).toEqual([what, []]);
      expect(
        readdirSync(place.home, { recursive: true }).filter((name) => /erase-/.test(String(name))),
      ).toEqual([]);
      expect((await place.ok('check', '--json')).json).toEqual([]);
      expect((await place.itaca(['check', '--history'])).code, what).toBe(0);
      await place.ok('sync');
    }
  });
});
