import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** The root of the project. */
export const project = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const program = join(project, 'bin', 'itaca.js');

/** The time that all tests are in, a Friday: nothing may depend on the machine's clock. */
export const now = '2026-11-20T10:00:00Z';

/** What a program's run came to. */
export class Run {
  constructor(
    /** Exit code; null where a signal ended it. */
    readonly code: number | null,
    readonly stdout: string,
    readonly stderr: string,
  ) {}

  /** Standard output as JSON. Throws where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into it and fails where it is wrong
  get json(): any {
    return parsed(this.stdout, this.stderr);
  }

  /** What a failed `--json` command says on standard error. Throws where it is no JSON. */
  get error(): {
    code: string;
    message: string;
    hint?: string;
    path?: string;
    line?: number;
    column?: number;
  } {
    return parsed(this.stderr, this.stdout).error;
  }
}

export interface RunOptions {
  cwd?: string;
  input?: string | Uint8Array;
  env?: Record<string, string>;
  /** In a process group of its own. */
  detached?: boolean;
}

// One temporary folder for each test file, made when a test asks for it: it goes when the file's tests are done.
let base: string | undefined;
let made = 0;
const temporary = () => {
  base ??= mkdtempSync(join(tmpdir(), 'itaca-e2e-'));
  return base;
};
afterAll(() => {
  if (base) rmSync(base, { recursive: true, force: true, maxRetries: 3 });
});

/** An empty folder of its own. */
export function folder(): string {
  const path = join(temporary(), String(++made));
  mkdirSync(path);
  return path;
}

/** An environment in which nothing of the machine and its user decides: no settings, no locale, no clock. */
export function environment(home: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_STATE_HOME: join(home, 'state'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: temporary(),
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    ITACA_NOW: now,
    ...more,
  };
}

function finished(child: ChildProcess, input: string | Uint8Array | undefined): Promise<Run> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  // A program that does not read its input closes it; that is its right.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) =>
      done(new Run(code, Buffer.concat(out).toString(), Buffer.concat(err).toString())),
    );
  });
}

function parsed(text: string, other: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `not JSON: ${JSON.stringify(text.slice(0, 500))}; the other stream: ${other.slice(0, 2000)}`,
    );
  }
}

let idleFolder: string | undefined;

/** Where a program runs that needs no place of its own. */
function idle(): string {
  idleFolder ??= folder();
  return idleFolder;
}

/** Starts the built program, and leaves it to the caller. */
export function start(
  args: string[],
  { cwd = idle(), env = {}, detached = false }: RunOptions = {},
): ChildProcess {
  return spawn(process.execPath, [program, ...args], { cwd, env: environment(idle(), env), detached });
}

/** Runs the built program to its end. */
export function itaca(args: string[], options: RunOptions = {}): Promise<Run> {
  return finished(start(args, options), options.input);
}

/** Runs a shell line, in which `itaca` is the built program. */
export function shell(line: string, { cwd = idle(), env = {}, input }: RunOptions = {}): Promise<Run> {
  const script = `itaca() { "${process.execPath}" "${program}" "$@"; }\n${line}`;
  return finished(spawn('bash', ['-c', script], { cwd, env: environment(idle(), env) }), input);
}

/** Runs git, and throws where it fails. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const identity = { GIT_AUTHOR_NAME: 'Tester', GIT_AUTHOR_EMAIL: 'tester@example.org' };
  const committer = { GIT_COMMITTER_NAME: 'Tester', GIT_COMMITTER_EMAIL: 'tester@example.org' };
  const env = environment(idle(), { ...identity, ...committer });
  const { code, stdout, stderr } = await finished(spawn('git', args, { cwd, env }), undefined);
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.replace(/\n$/, '');
}

/** A workspace in a temporary folder, with a home of its own. */
export class Place {
  constructor(
    readonly root: string,
    readonly home: string,
  ) {}

  /** `itaca -C <this workspace> …`, which must succeed unless `fails` is called instead. */
  itaca(args: string[], options: RunOptions = {}): Promise<Run> {
    return itaca(['-C', this.root, ...args], { ...options, env: { ...this.env, ...options.env } });
  }

  /** As `itaca`, and throws where the exit code is not 0. */
  async ok(...args: string[]): Promise<Run> {
    const run = await this.itaca(args);
    if (run.code !== 0)
      throw new Error(`itaca ${args.join(' ')}: exit ${run.code}: ${run.stderr}${run.stdout}`);
    return run;
  }

  get env(): Record<string, string> {
    return { HOME: this.home, XDG_STATE_HOME: join(this.home, 'state') };
  }

  git(...args: string[]): Promise<string> {
    return git(this.root, ...args);
  }

  path(name: string): string {
    return join(this.root, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  /** Changes a piece of a file that must be there. */
  edit(name: string, piece: string, instead: string): void {
    const text = this.read(name);
    if (!text.includes(piece)) throw new Error(`${name} does not hold ${piece}`);
    this.write(
      name,
      text.replace(piece, () => instead),
    );
  }

  /** Files under a folder, relative to the workspace, in order; none where the folder is missing. */
  files(under = ''): string[] {
    if (!existsSync(this.path(under))) return [];
    return readdirSync(this.path(under), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .filter((path) => !/^\.(git|itaca)\//.test(path))
      .sort();
  }

  /** Everything in the workspace that is not derived: path → content. */
  tree(): Record<string, string> {
    return Object.fromEntries(this.files().map((path) => [path, this.read(path)]));
  }

  async commits(): Promise<number> {
    return Number(await this.git('rev-list', '--count', 'HEAD'));
  }
}

const models = new Map<string, Promise<string>>();

/**
 * A workspace of its own for a test: a copy of an example, or an empty one in Italy. The first of a kind in a test file
 * is made by `itaca init`, the others are copies of that.
 */
export async function workspace({
  example = '',
}: {
  example?: '' | 'fair' | 'bookclub';
} = {}): Promise<Place> {
  let model = models.get(example);
  if (!model) {
    model = initialised(example);
    models.set(example, model);
  }
  const home = folder();
  const root = join(home, 'W');
  cpSync(await model, root, { recursive: true });
  // It stands for a workspace of its own, and not for a copy.
  rmSync(join(root, '.git', 'itaca', 'sends-from.json'));
  return new Place(root, home);
}

async function initialised(example: string): Promise<string> {
  const root = join(folder(), 'W');
  const how = example
    ? ['--example', example]
    : [
        '--name',
        'ACME',
        '--timezone',
        'Europe/Rome',
        '--country',
        'IT',
        '--language',
        'it',
        '--member',
        'anna',
      ];
  const { code, stderr } = await itaca(['init', root, ...how]);
  if (code !== 0) throw new Error(stderr);
  return root;
}

/** The sum of an object's numbers. */
export function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** What the program shows on a terminal of 100 columns, by util-linux's `script`; undefined where that is missing. */
export async function terminal(
  args: string[],
  { cwd = idle(), env = {} }: RunOptions = {},
): Promise<Run | undefined> {
  const quoted = [process.execPath, program, ...args]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(' ');
  const line = `command -v script >/dev/null || exit 99; script -qec "$LINE" /dev/null </dev/null`;
  const all = {
    TERM: 'xterm-256color',
    COLUMNS: '100',
    PAGER: 'cat',
    LINE: `stty cols 100; ${quoted}`,
    ...env,
  };
  const run = await finished(spawn('bash', ['-c', line], { cwd, env: environment(idle(), all) }), undefined);
  return run.code === 99 ? undefined : run;
}

/**
 * Runs the program on a terminal, and types keys whenever it shows what they answer; undefined where util-linux's
 * `script` is missing.
 * @param answers pieces of what is shown, in order, each with the keys to type then
 */
export async function session(
  args: string[],
  answers: readonly (readonly [shown: string, keys: string])[],
  { cwd = idle(), env = {} }: RunOptions = {},
): Promise<Run | undefined> {
  const quoted = [process.execPath, program, ...args]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(' ');
  const all = { TERM: 'xterm-256color', PAGER: 'cat', LINE: `stty cols 100; ${quoted}`, ...env };
  const line = `command -v script >/dev/null || exit 99; exec timeout --foreground 120 script -qec "$LINE" /dev/null`;
  const child = spawn('bash', ['-c', line], { cwd, env: environment(idle(), all) });
  const left = [...answers];
  let unread = '';
  child.stdout.on('data', (chunk: Buffer) => {
    unread += chunk.toString();
    for (let next = left[0]; next && unread.includes(next[0]); next = left[0]) {
      unread = unread.slice(unread.indexOf(next[0]) + next[0].length);
      child.stdin.write(next[1]);
      left.shift();
    }
  });
  child.stdin.on('error', () => {});
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  return code === 99 ? undefined : new Run(code, Buffer.concat(out).toString(), '');
}
