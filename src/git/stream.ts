import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

/**
 * What git prints, piece by piece as it comes: a reader that has seen enough ends git, too.
 * @param separator between two pieces
 * @throws Error where git fails
 */
export async function* gitPieces(root: string, args: string[], separator = '\0'): AsyncGenerator<string> {
  const child = spawn('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 128));
  });
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of child.stdout) {
      const pieces = (rest + decoder.write(chunk as Buffer)).split(separator);
      rest = pieces.pop() as string;
      yield* pieces;
    }
    if (rest !== '') yield rest;
    if ((await ended) !== 0) throw new Error(`git ${args[0]}: ${stderr.trim().split('\n')[0]}`);
  } finally {
    child.kill();
  }
}

/**
 * The contents of git's objects, in the order asked for, by one git for all of them.
 * @throws Error where an object is missing
 */
export async function* readBlobs(root: string, ids: readonly string[]): AsyncGenerator<Buffer> {
  if (ids.length === 0) return;
  const child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  // A git that ends early closes its input; the missing answer tells the story.
  child.stdin.on('error', () => {});
  child.stdin.end(ids.map((id) => `${id}\n`).join(''));
  let held: Buffer = Buffer.alloc(0);
  const input = child.stdout[Symbol.asyncIterator]();
  const more = async () => {
    const { value, done } = await input.next();
    if (done) throw new Error('git cat-file ended early');
    held = held.length === 0 ? (value as Buffer) : Buffer.concat([held, value as Buffer]);
  };
  try {
    for (const id of ids) {
      while (!held.includes(10)) await more();
      const line = held.indexOf(10);
      const [, type, size] = held.toString('latin1', 0, line).split(' ');
      if (type !== 'blob') throw new Error(`git has no file ${id}`);
      const end = line + 1 + Number(size);
      while (held.length <= end) await more();
      yield Buffer.from(held.subarray(line + 1, end));
      held = held.subarray(end + 1);
    }
  } finally {
    child.kill();
  }
}
