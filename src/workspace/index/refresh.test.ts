import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changedBetween, trackedFiles, workingTree } from '../../git/working-tree.js';
import { Workspace } from '../workspace.js';

let root: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    cwd: root,
    stdio: 'pipe',
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'itaca-index-'));
  writeFileSync(join(root, 'itaca.yaml'), 'version: 1\nid: 0123456789\ncountry: IT\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/**
 * What the index of a workspace says, as a new process would see it.
 * @param settled all files look old to it, so that their stamps alone tell what changed
 */
async function seen(useGit: boolean, settled = false): Promise<string[]> {
  if (settled) vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  try {
    return await look(useGit);
  } finally {
    vi.useRealTimers();
    if (settled) passTick();
  }
}

/** Until the file system's clock has gone on, so that the next change has another stamp. */
function passTick(): void {
  const file = join(root, '.tick');
  const touched = () => {
    writeFileSync(file, '');
    return statSync(file).ctimeMs;
  };
  const before = touched();
  while (touched() === before) {
    // The clock of the file system goes in steps of a few milliseconds.
  }
}

async function look(useGit: boolean): Promise<string[]> {
  const workspace = await Workspace.open(root, {
    now: () => 0,
    me: () => undefined,
    ...(useGit
      ? {
          git: (folder) => ({
            workingTree: () => workingTree(folder),
            tracked: () => trackedFiles(folder),
            changedBetween: (a, b) => changedBetween(folder, a, b),
          }),
        }
      : {}),
  });
  try {
    const index = await workspace.index();
    const found = index
      .list({ order: 'title' })
      .map(({ path, data, note }) => `${path} ${JSON.stringify(data)} ${note}`);
    const words = index.db.prepare("select count(*) as n from search where search match 'name'").get() as {
      n: number;
    };
    return [
      ...found.sort(),
      ...index.problems().map(({ path, message }) => `${path}: ${message}`),
      `search ${words.n}`,
    ];
  } finally {
    workspace.close();
  }
}

/** What a reader of the files themselves finds. */
function onDisk(): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else {
        const text = readFileSync(join(root, path), 'utf8');
        found.push(`${path} {"name":${JSON.stringify(/name: (.*)/.exec(text)?.[1])}} `);
      }
    }
  };
  try {
    visit('contacts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return [...found.sort(), `search ${found.length}`];
}

const path = fc.constantFrom(
  ...[0, 1, 2, 3].flatMap((n) => [`contacts/a-000000000${n}.md`, `contacts/00/a-000000000${n}.md`]),
);
const step = fc.oneof(
  fc.tuple(fc.constant('write'), path, fc.integer({ min: 0, max: 9 })),
  fc.tuple(fc.constant('remove'), path),
  fc.tuple(fc.constant('rename'), path, path),
  fc.tuple(fc.constantFrom('add', 'untrack'), path),
  fc.tuple(fc.constant('ignore'), fc.constantFrom('contacts/00/', '*1.md', 'contacts', '')),
  fc.tuple(
    fc.constantFrom(
      'commit',
      'look',
      'look',
      'settled look',
      'settled look',
      'stash',
      'reset',
      'unstage',
      'walk',
    ),
  ),
);

describe('the index', () => {
  it('says what the files say after any sequence of edits, by git and by walking', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        for (const name of ['contacts', '.git', '.gitignore', '.itaca'])
          rmSync(join(root, name), { recursive: true, force: true });
        git('init', '-q');
        git('add', 'itaca.yaml');
        git('commit', '-qm', 'first');
        const attempt = (run: () => unknown) => {
          try {
            run();
          } catch {
            // A step that has nothing to work on is no step.
          }
        };
        for (const [op, a, b] of steps as [string, string, string | number][]) {
          const file = join(root, a ?? '');
          if (op === 'write') {
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, `---\nname: name ${b}\n---\n`);
          } else if (op === 'remove') rmSync(file, { force: true });
          else if (op === 'rename') {
            attempt(() => {
              mkdirSync(dirname(join(root, String(b))), { recursive: true });
              renameSync(file, join(root, String(b)));
            });
          } else if (op === 'add') attempt(() => git('add', '-A', '--', a));
          else if (op === 'untrack') attempt(() => git('rm', '-q', '--cached', '--', a));
          else if (op === 'ignore') writeFileSync(join(root, '.gitignore'), `.itaca/\n${a}\n`);
          else if (op === 'unstage') attempt(() => git('reset', '-q'));
          else if (op === 'commit') {
            git('add', '-A');
            git('commit', '-q', '--allow-empty', '-m', 'x');
          } else if (op === 'stash') attempt(() => git('stash', '-qu'));
          else if (op === 'reset') attempt(() => git('reset', '-q', '--hard', 'HEAD~1'));
          else expect(await seen(op !== 'walk', op === 'settled look')).toEqual(onDisk());
        }
        expect(await seen(true)).toEqual(onDisk());
        expect(await seen(false)).toEqual(onDisk());
      }),
      { numRuns: 25 },
    );
  });

  it('sees an edit that keeps size and modification time', async () => {
    mkdirSync(join(root, 'contacts'));
    const file = join(root, 'contacts/a-0000000001.md');
    writeFileSync(file, '---\nname: name one\n---\n');
    expect(await seen(false)).toEqual(onDisk());
    const { atime, mtime } = statSync(file);
    writeFileSync(file, '---\nname: name two\n---\n');
    utimesSync(file, atime, mtime);
    expect(await seen(false)).toEqual(onDisk());
  });

  it('is built anew when it is damaged or thrown away', async () => {
    mkdirSync(join(root, 'contacts'));
    writeFileSync(join(root, 'contacts/a-0000000001.md'), '---\nname: name one\n---\n');
    await seen(false);
    writeFileSync(join(root, '.itaca/index.sqlite'), 'no database');
    expect(await seen(false)).toEqual(onDisk());
    rmSync(join(root, '.itaca'), { recursive: true });
    expect(await seen(false)).toEqual(onDisk());
  });

  it('sees records that git ignores, and tells of links without following them', async () => {
    git('init', '-q');
    writeFileSync(join(root, '.gitignore'), 'contacts/private/\n.itaca/\n');
    mkdirSync(join(root, 'contacts/private'), { recursive: true });
    const file = join(root, 'contacts/private/a-0000000001.md');
    writeFileSync(file, '---\nname: name one\n---\n');
    git('add', '-A');
    git('commit', '-qm', 'first');
    expect(await seen(true)).toEqual(onDisk());
    writeFileSync(file, '---\nname: name two\n---\n');
    expect(await seen(true)).toEqual(onDisk());
    execFileSync('ln', ['-s', '/etc', join(root, 'contacts/link')]);
    const withLink = await seen(true);
    rmSync(join(root, 'contacts/link'));
    // A link might hide a suppression: it is told, and never followed.
    expect(withLink.filter((line) => line.includes('symbolic link'))).toHaveLength(1);
    expect(withLink.filter((line) => !line.includes('symbolic link'))).toEqual(onDisk());
    expect(await seen(true)).toEqual(onDisk());
  });
});
