import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOfRef } from '../domain/records/ids.js';
import { folders } from '../domain/records/kind-names.js';
import { HighWater } from './high-water.js';

/**
 * Remembers which journals stand as this machine left them, before an erasure rewrites lines of theirs. Afterwards
 * those alone are marked anew: one that was behind its mark before still is.
 * @param state this machine's state for the workspace: `stateFolder()`
 * @param others journals that are no campaign's, by the name of their marks: their folders in the workspace
 */
export async function keepMarks(
  root: string,
  state: string,
  others: ReadonlyMap<string, string>,
): Promise<{ renew(): Promise<void> }> {
  const marks = join(state, 'journals');
  const sound: { water: HighWater; id: string }[] = [];
  const before = journalFolders(root, others);
  for (const file of existsSync(marks) ? readdirSync(marks) : []) {
    const id = file.replace(/\.json$/, '');
    const folder = before.get(id);
    if (folder === undefined || !file.endsWith('.json')) continue;
    const water = await HighWater.open(state, id);
    const holds = await water.verify(folder).then(
      () => true,
      () => false,
    );
    if (holds) sound.push({ water, id });
  }
  return {
    async renew() {
      const after = journalFolders(root, others);
      for (const { water, id } of sound) {
        const folder = after.get(id);
        if (folder === undefined) continue;
        for (const name of water.names()) {
          if (!existsSync(join(folder, name))) continue;
          const bytes = readFileSync(join(folder, name));
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          await water.note(name, { length: bytes.length, sha256 });
        }
        await water.flush();
      }
    },
  };
}

/** Absolute folders of journals by the names of their marks; a campaign's may have been renamed. */
function journalFolders(root: string, others: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map([...others].map(([id, folder]) => [id, join(root, folder)]));
  const campaigns = join(root, folders.campaign);
  for (const name of existsSync(campaigns) ? readdirSync(campaigns) : []) {
    const id = idOfRef(name);
    if (id !== undefined) found.set(id, join(campaigns, name, 'sends'));
  }
  return found;
}
