import { spawn } from 'node:child_process';
import type { GitObject } from './objects.js';

/** Every object that a repository holds, reachable or not. */
export async function* eachObject(root: string): AsyncGenerator<GitObject & { id: string }> {
  const args = ['cat-file', '--batch', '--batch-all-objects', '--unordered'];
  const child = spawn('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  let pieces: Buffer[] = [];
  let held = 0;
  let wanted = 0;
  let head: [id: string, type: string] | undefined;
  try {
    for await (const piece of child.stdout) {
      pieces.push(piece as Buffer);
      held += (piece as Buffer).length;
      if (held < wanted) continue;
      let all = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
      for (;;) {
        if (head === undefined) {
          const line = all.indexOf(10);
          if (line < 0) break;
          const [id = '', type = '', size] = all.toString('latin1', 0, line).split(' ');
          head = [id, type];
          wanted = Number(size) + 1;
          all = all.subarray(line + 1);
        }
        if (all.length < wanted) break;
        yield { id: head[0], type: head[1] as GitObject['type'], bytes: all.subarray(0, wanted - 1) };
        all = all.subarray(wanted);
        head = undefined;
        wanted = 0;
      }
      pieces = [all];
      held = all.length;
    }
  } finally {
    child.kill();
  }
}
