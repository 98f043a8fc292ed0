import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ItacaError } from '../domain/error.js';

export const configFile = 'itaca.yaml';

/**
 * Finds the workspace: the folder given, or the nearest one above the current folder that holds `itaca.yaml`.
 * @param given from `--dir` or `ITACA_DIR`
 * @returns its real path
 */
export function findWorkspace(given: string | undefined, cwd: string): string {
  if (given !== undefined) {
    const root = resolve(cwd, given);
    if (existsSync(join(root, configFile))) return realpathSync(root);
    throw new ItacaError('not_found', `${given} is not a workspace: it has no ${configFile}`, {
      path: given,
      hint: `itaca init ${given}`,
    });
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (statSync(join(folder, configFile), { throwIfNoEntry: false })?.isFile()) return realpathSync(folder);
    if (folder === dirname(folder)) break;
  }
  throw new ItacaError(
    'not_found',
    `no workspace here: neither this folder nor one above it has ${configFile}`,
    {
      hint: 'itaca init, or name one with -C <path> or ITACA_DIR',
    },
  );
}
