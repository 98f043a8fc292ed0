import { readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Config } from '../domain/config/config.js';
import { ItacaError } from '../domain/error.js';
import { standingOf } from '../git/standing.js';
import { readSecret } from '../mail/secret.js';
import { problemOf } from '../workspace/check/place.js';
import { readYamlFile } from '../workspace/config/read.js';
import { configFile } from '../workspace/find.js';
import type { Problem } from '../workspace/index/row.js';

type Dkim = NonNullable<NonNullable<Config['mail']>['dkim']>;

/** No key is longer, in bytes. */
const mostBytes = 64 * 1024;

/**
 * The private key that messages are signed with: from `ITACA_DKIM_KEY`, the command, or the file.
 * @returns PEM, and where it comes from
 * @throws ItacaError `refused` where there is none, or where git would hand it on to everybody
 */
export async function dkimKey(
  root: string,
  dkim: Dkim,
  environment: NodeJS.ProcessEnv,
): Promise<{ pem: string; from: string }> {
  const place = { variable: 'ITACA_DKIM_KEY', setting: 'mail.dkim.key_command', command: dkim.key_command };
  const given = await readSecret(place, environment);
  if (given !== undefined) {
    const from = environment.ITACA_DKIM_KEY ? place.variable : place.setting;
    // Where a variable must be one line, the ends of lines are written out.
    return { pem: given.replaceAll('\\n', '\n'), from };
  }
  const { key_file: name } = dkim;
  const fault = await keyFileFault(root, dkim);
  if (fault) throw fault;
  if (name === undefined) {
    throw new ItacaError('refused', 'mail.dkim is set, but there is no key to sign with', {
      path: configFile,
      hint: 'set mail.dkim.key_file or key_command, or ITACA_DKIM_KEY',
    });
  }
  const file = pathOf(root, name);
  try {
    if (statSync(file).size > mostBytes) throw new Error('it is too large to be a key');
    return { pem: readFileSync(file, 'utf8'), from: name };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file on this machine' : (code ?? message);
    throw new ItacaError('refused', `mail.dkim.key_file: ${name}: ${why}`, {
      path: configFile,
      hint: 'put the key there, or set ITACA_DKIM_KEY',
    });
  }
}

/**
 * What is wrong with where the key lies: git has it, or would take it with the next commit. A key that got into a
 * repository is everybody's. Undefined where nothing is, also where there is no such file.
 */
async function keyFileFault(root: string, { key_file: name }: Dkim): Promise<ItacaError | undefined> {
  if (name === undefined) return undefined;
  let file: string;
  let isInside: boolean;
  try {
    file = realpathSync(pathOf(root, name));
    const way = relative(realpathSync(root), file);
    isInside = !way.startsWith('..') && !isAbsolute(way);
  } catch {
    return undefined;
  }
  const standing = await standingOf(file);
  if (standing === 'tracked') {
    return new ItacaError('refused', `mail.dkim.key_file: ${name} is in git, so everybody has the key`, {
      path: configFile,
      hint: 'make a new key outside the workspace and publish it under another selector; then git rm this one',
    });
  }
  if (standing === 'untracked' && isInside) {
    return new ItacaError('refused', `mail.dkim.key_file: the next commit would take ${name} along`, {
      path: configFile,
      hint: 'move it out of the workspace, or name it in .gitignore',
    });
  }
  return undefined;
}

/** The same as a problem of the settings, at its line. */
export async function keyFileProblems(root: string, config: Config | undefined): Promise<Problem[]> {
  const { dkim } = config?.mail ?? {};
  const fault = dkim && (await keyFileFault(root, dkim));
  if (!fault) return [];
  const { message, hint } = fault;
  const place = readYamlFile(root, configFile).lineOf(['mail', 'dkim', 'key_file']);
  return [problemOf(configFile, { at: [], message, ...(hint ? { hint } : {}) }, place)];
}

function pathOf(root: string, name: string): string {
  return name.startsWith('~/') ? join(homedir(), name.slice(2)) : resolve(root, name);
}
