import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { findRepository } from '../git/repository.js';
import type { Workspace } from '../workspace/workspace.js';

/** Tells this clone's journals from another's, also where one machine has two. */
export async function cloneName({ root }: Workspace): Promise<string> {
  const repository = await findRepository(root);
  return createHash('sha256')
    .update(`${hostname()}\0${repository?.commonDir ?? root}`)
    .digest('hex')
    .slice(0, 8);
}
