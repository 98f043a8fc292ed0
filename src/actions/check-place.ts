import { ItacaError } from '../domain/error.js';
import { findRepository } from '../git/repository.js';
import { problemOf } from '../workspace/check/place.js';
import { configFile } from '../workspace/find.js';
import type { Problem } from '../workspace/index/row.js';

/** Where the workspace lies in its repository, empty or ending in `/`. */
export async function repositoryPrefix(root: string): Promise<string> {
  return (await findRepository(root))?.prefix ?? '';
}

/** Lets a check find broken settings, on which no workspace can be opened, as it finds any other problem. */
export async function brokenSettings(check: () => Promise<Problem[]>): Promise<Problem[]> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof ItacaError) || error.code !== 'invalid' || error.path !== configFile) throw error;
    const { message, hint } = error;
    return [problemOf(configFile, { at: [], message, ...(hint ? { hint } : {}) }, error)];
  }
}
