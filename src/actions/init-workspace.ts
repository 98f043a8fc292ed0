import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { ItacaError } from '../domain/error.js';
import { idFromBytes } from '../domain/records/ids.js';
import { isTimeZone } from '../domain/time/clock.js';
import { commitFiles } from '../git/commit.js';
import { installHook } from '../git/hook.js';
import { findRepository } from '../git/repository.js';
import { git } from '../git/run.js';
import { tuneRepository } from '../git/tune.js';
import { configFile } from '../workspace/find.js';
import { installMergeDriver } from './install-merge-driver.js';
import { packaged } from './packaged.js';
import { bindPlace } from './run/own-place.js';

export interface InitOptions {
  dir: string;
  /** Name of a folder in `examples/`. */
  example?: string;
  name?: string;
  timeZone: string;
  country: string;
  language: string;
  member: string;
  git: boolean;
  /** Whether git is to check what is staged before each commit. */
  hooks: boolean;
  /** False leaves the first commit to the person. */
  commit: boolean;
  dryRun: boolean;
  warn: (message: string) => void;
}

export interface InitOutcome {
  /** Absolute. */
  dir: string;
  /** Relative to `dir`, with `/`. */
  files: string[];
  /** Commit id; null where nothing was committed. */
  commit: string | null;
}

/**
 * Makes a workspace: from the templates, or as a copy of an example. Files that are there already stay as they are.
 * @throws ItacaError `conflict` where the folder is a workspace already, or holds something and an example is asked for
 */
export async function initWorkspace(options: InitOptions): Promise<InitOutcome> {
  const dir = resolve(options.dir);
  if (existsSync(join(dir, configFile))) {
    throw new ItacaError('conflict', `${options.dir} is a workspace already`, { path: configFile });
  }
  if (!isTimeZone(options.timeZone)) {
    throw new ItacaError('usage', `"${options.timeZone}" is no time zone`, {
      hint: 'write it as Europe/Rome',
    });
  }
  const present = existsSync(dir) ? readdirSync(dir).filter((name) => name !== '.git') : [];
  if (options.example && present.length > 0) {
    throw new ItacaError('conflict', `${options.dir} is not empty`, {
      hint: 'an example goes into a new folder',
    });
  }
  const person = await gitPerson(options.member);
  const contents = options.example ? exampleFiles(options.example) : templateFiles(options, person);
  for (const [path, content] of editorFiles()) contents.set(path, content);
  const files = [...contents.keys()].filter((path) => !existsSync(join(dir, path))).sort();
  if (options.dryRun) return { dir, files, commit: null };
  const isNew = !existsSync(dir);
  mkdirSync(dir, { recursive: true });
  try {
    for (const path of files) {
      const file = join(dir, path);
      mkdirSync(resolve(file, '..'), { recursive: true });
      writeFileSync(file, contents.get(path) as Buffer);
    }
  } catch (error) {
    // Half a workspace is worse than none.
    if (isNew) rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  const commit = options.git ? await firstCommit(dir, files, contents, options, person) : null;
  if (options.hooks) await installHook(dir, launcher(), options.warn);
  return { dir, files, commit };
}

/** The program as a hook can start it, wherever git runs. */
function launcher(): string {
  return packaged('bin', 'itaca.js');
}

const newWorkspaceId = () => idFromBytes(randomBytes(7));
const newSalt = () => randomBytes(16).toString('hex');

function exampleFiles(name: string): Map<string, Buffer> {
  const folder = packaged('examples', name);
  const files = new Map<string, Buffer>();
  for (const path of fastGlob.sync('**/*', { cwd: folder, dot: true, onlyFiles: true }))
    files.set(path, readFileSync(join(folder, path)));
  for (const name of ['gitignore', 'gitattributes'])
    files.set(`.${name}`, readFileSync(packaged('templates', 'workspace', name)));
  // A copy is a workspace of its own: what this machine remembers of another copy's sends is none of its business.
  const settings = (files.get(configFile) as Buffer)
    .toString()
    .replace(/^id: .*$/m, `id: "${newWorkspaceId()}"`)
    .replace(/^salt: .*$/m, `salt: "${newSalt()}"`);
  files.set(configFile, Buffer.from(settings));
  return files;
}

/**
 * Settings of VS Code by which its YAML extension checks and completes what people edit by hand, with the schemas beside
 * them so that every clone has both. Front matter is not among it: no editor reads a schema for that by itself.
 */
function editorFiles(): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const associations: Record<string, string> = {
    itaca: configFile,
    process: 'processes/*.yaml',
    calendar: 'calendars/*.yaml',
    sequence: 'sequences/*.yaml',
  };
  const schemas: Record<string, string> = {};
  for (const [name, pattern] of Object.entries(associations)) {
    const path = `.vscode/schemas/${name}.json`;
    files.set(path, readFileSync(packaged('templates', 'schemas', `${name}.json`)));
    schemas[`./${path}`] = pattern;
  }
  files.set(
    '.vscode/settings.json',
    Buffer.from(`${JSON.stringify({ 'yaml.schemas': schemas }, null, 2)}\n`),
  );
  return files;
}

interface Person {
  name: string;
  email: string;
}

/** The first member, as git knows the one who sits here. */
async function gitPerson(member: string): Promise<Person> {
  const [name, email] = await Promise.all(
    ['user.name', 'user.email'].map((key) => git(process.cwd(), ['config', key])),
  );
  return { name: name?.stdout.trim() || member, email: email?.stdout.trim() || `${member}@localhost` };
}

function templateFiles(options: InitOptions, person: Person): Map<string, Buffer> {
  const folder = packaged('templates', 'workspace');
  const values: Record<string, string> = {
    id: JSON.stringify(newWorkspaceId()),
    salt: JSON.stringify(newSalt()),
    name: JSON.stringify(options.name ?? basename(resolve(options.dir))),
    timezone: options.timeZone,
    country: JSON.stringify(options.country),
    language: JSON.stringify(options.language),
    member: JSON.stringify(options.member),
    member_name: JSON.stringify(person.name),
    member_email: JSON.stringify(person.email),
  };
  const files = new Map<string, Buffer>();
  for (const path of fastGlob.sync('**/*', { cwd: folder, dot: true, onlyFiles: true })) {
    const text = readFileSync(join(folder, path), 'utf8');
    const filled = /\.ya?ml$/.test(path)
      ? text.replace(/\{\{(\w+)\}\}/g, (whole, key: string) => values[key] ?? whole)
      : text;
    // A package cannot carry a file named .gitignore below its root.
    files.set(/^git(?:ignore|attributes)$/.test(path) ? `.${path}` : path, Buffer.from(filled));
  }
  return files;
}

async function firstCommit(
  dir: string,
  files: string[],
  contents: Map<string, Buffer>,
  options: InitOptions,
  person: Person,
): Promise<string | null> {
  if (!(await findRepository(dir))) {
    const made = await git(dir, ['init', '-q']);
    if (made.code !== 0) {
      options.warn(`no git repository was made: ${made.stderr.trim().split('\n')[0]}`);
      return null;
    }
    await tuneRepository(dir);
  }
  const repository = await findRepository(dir);
  if (!repository) return null;
  await installMergeDriver(repository);
  await bindPlace(dir);
  if (!options.commit) return null;
  const commit = await commitFiles(
    repository,
    files.map((path) => ({ path, content: contents.get(path) as Buffer })),
    {
      subject: `init${options.example ? ` from the example ${options.example}` : ''}`,
      trailers: [
        ['Itaca-Command', 'init'],
        ['Itaca-Actor', options.member],
      ],
      fallbackIdentity: person,
      warn: options.warn,
    },
  );
  return commit ?? null;
}

/** A path for people: relative to the current folder where it lies below it. */
export function shownPath(dir: string): string {
  const path = relative(process.cwd(), dir);
  return path === '' ? '.' : path.startsWith(`..${sep}`) ? dir : path;
}
