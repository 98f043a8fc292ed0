import { accessSync, constants, readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { folders } from '../../domain/records/kind-names.js';
import { readConfig } from '../../workspace/config/read.js';
import { configFile } from '../../workspace/find.js';
import { dropIndex, indexDamage } from '../../workspace/index/health.js';
import { type Check, ok } from './finding.js';

const oldestNode = [20, 17] as const;
const megabyte = 1 << 20;
const leastDisk = { fail: 50 * megabyte, warn: 500 * megabyte };
const shownPaths = 3;

/** The version of Node, as the launcher asks for it. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (!isOld) return ok('node', `Node ${version}`);
  return {
    check: 'node',
    state: 'fail',
    message: `Node ${version} is too old`,
    fix: 'install Node 20.17 or later',
  };
}

/** `itaca.yaml`: whether it can be read, and by this version of the program. */
export function checkSettings(root: string): Check {
  try {
    const { version } = readConfig(root);
    return ok('settings', `${configFile}, version ${version}`);
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    const place = [error.path, error.line].filter((part) => part !== undefined).join(':');
    const fix = error.hint ?? `mend ${configFile}`;
    return { check: 'settings', state: 'fail', message: `${place}: ${error.message}`, fix };
  }
}

/** The index, which can be thrown away at any time. */
export function checkIndex(root: string): Check {
  const damage = indexDamage(root);
  if (damage === undefined) return ok('index', 'whole, or not built yet');
  return {
    check: 'index',
    state: 'fail',
    message: `.itaca/index.sqlite is damaged: ${damage}`,
    fix: 'itaca doctor --fix',
    mend: async () => {
      dropIndex(root);
      return 'the damaged index is gone; the next command builds a new one';
    },
  };
}

/** Room on the disk, for the files and the temporary ones beside them. */
export function checkDisk(root: string): Check {
  const { bavail, bsize, files, ffree } = statfsSync(root);
  const free = bavail * bsize;
  const message = `${Math.round(free / megabyte)} MB free`;
  const fix = 'make room on the disk';
  if (free < leastDisk.fail) return { check: 'disk', state: 'fail', message, fix };
  if (free < leastDisk.warn) return { check: 'disk', state: 'warn', message, fix };
  if (files > 0 && ffree < 1000)
    return { check: 'disk', state: 'warn', message: `room for ${ffree} more files only`, fix };
  return ok('disk', message);
}

/** Whether every record and its folder can be read and written. */
export function checkPermissions(root: string): Check {
  const closed: string[] = [];
  const open = (path: string, mode: number) => {
    try {
      accessSync(join(root, path), mode);
      return true;
    } catch {
      closed.push(path);
      return false;
    }
  };
  const { R_OK, W_OK, X_OK } = constants;
  const visit = (folder: string): void => {
    if (!open(folder, R_OK | W_OK | X_OK)) return;
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) visit(`${folder}/${entry.name}`);
      else if (entry.isFile()) open(`${folder}/${entry.name}`, R_OK | W_OK);
    }
  };
  open(configFile, R_OK | W_OK);
  const present = new Set(readdirSync(root));
  for (const folder of Object.values(folders)) if (present.has(folder)) visit(folder);
  if (closed.length === 0) return ok('permissions', 'all records can be read and written');
  const more = closed.length > shownPaths ? ` and ${closed.length - shownPaths} more` : '';
  return {
    check: 'permissions',
    state: 'fail',
    message: `cannot be read or written: ${closed.slice(0, shownPaths).join(', ')}${more}`,
    fix: 'chmod -R u+rwX . as the owner of the files',
  };
}
