import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { findRepository } from '../../git/repository.js';
import { configFile } from '../../workspace/find.js';
import { lockFolder } from '../write.js';

/** The machine and folder that a workspace without a remote sends from. */
interface Place {
  machine: string;
  path: string;
}

/**
 * Binds a workspace to the machine and folder it lies in, where it is not bound yet. The note lies where git never
 * looks, so that a clone does not inherit it, and a copy of the folder does.
 */
export async function bindPlace(root: string): Promise<void> {
  const file = await fileOf(root);
  if (readPlace(file) === undefined) writeFileSync(file, JSON.stringify(placeOf(root)));
}

/**
 * Keeps a copy of a workspace from sending what the original sends, too: nothing else would tell the two of each other.
 * A folder that was moved is no copy.
 * @param mayTakeOver asked in a copy; true binds the workspace to where it lies now
 * @throws ItacaError `refused` in a copy that is not to be bound
 */
export async function requireOwnPlace(
  root: string,
  mayTakeOver: (bound: string) => Promise<boolean>,
): Promise<void> {
  const file = await fileOf(root);
  const bound = readPlace(file);
  const here = placeOf(root);
  if (bound === undefined) return bindPlace(root);
  if (bound.machine === here.machine && bound.path === here.path) return;
  const moved = bound.machine === here.machine && !existsSync(join(bound.path, configFile));
  if (moved) {
    writeFileSync(file, JSON.stringify(here));
    return;
  }
  const where = bound.machine === here.machine ? bound.path : `${bound.path} on another machine`;
  if (!(await mayTakeOver(where))) {
    throw new ItacaError('refused', `this folder is a copy of ${where}, which may have sent this already`, {
      hint: 'where the original is gone for good, or sends no more: --take-over',
    });
  }
  writeFileSync(file, JSON.stringify(here));
}

async function fileOf(root: string): Promise<string> {
  const folder = lockFolder(root, await findRepository(root));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, 'sends-from.json');
}

function placeOf(root: string): Place {
  return { machine: machineId(), path: realpathSync(root) };
}

/** The id of the installed system (machine-id(5)), or its name where it has none. */
function machineId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim() || hostname();
  } catch {
    return hostname();
  }
}

function readPlace(file: string): Place | undefined {
  try {
    const { machine, path } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Place>;
    return typeof machine === 'string' && typeof path === 'string' ? { machine, path } : undefined;
  } catch {
    return undefined;
  }
}
