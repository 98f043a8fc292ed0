import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { git } from './run.js';

/** An object of git, by its id. */
export interface GitObject {
  type: 'blob' | 'tree' | 'commit' | 'tag';
  bytes: Buffer;
}

/** Reads any objects of a repository, one after the other, by one git for all of them. */
export class ObjectReader {
  readonly #child;
  readonly #input;
  #held: Buffer = Buffer.alloc(0);

  constructor(root: string) {
    this.#child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
    // A git that ends early closes its input; the missing answer tells the story.
    this.#child.stdin.on('error', () => {});
    this.#input = this.#child.stdout[Symbol.asyncIterator]();
  }

  /** @throws Error where the object is missing */
  async read(id: string): Promise<GitObject> {
    this.#child.stdin.write(`${id}\n`);
    while (!this.#held.includes(10)) await this.#more();
    const line = this.#held.indexOf(10);
    const [, type, size] = this.#held.toString('latin1', 0, line).split(' ');
    if (type === 'missing' || size === undefined) {
      this.#held = this.#held.subarray(line + 1);
      throw new Error(`git has no object ${id}`);
    }
    const end = line + 1 + Number(size);
    const parts = [this.#held];
    let length = this.#held.length;
    while (length <= end) {
      const piece = await this.#next();
      parts.push(piece);
      length += piece.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts);
    this.#held = all.subarray(end + 1);
    return { type: type as GitObject['type'], bytes: all.subarray(line + 1, end) };
  }

  async close(): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.stdin.end();
    this.#child.kill();
    await closed;
  }

  async #more(): Promise<void> {
    const piece = await this.#next();
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
  }

  async #next(): Promise<Buffer> {
    const { value, done } = await this.#input.next();
    if (done) throw new Error('git cat-file ended early');
    return value as Buffer;
  }
}

/** An entry of a tree object. */
export interface TreeItem {
  /** As git writes it: `100644`, `40000` for a folder. */
  mode: string;
  name: string;
  id: string;
}

/** @param idLength of an object's id in bytes: 20 or 32 */
export function parseTree(bytes: Buffer, idLength: number): TreeItem[] {
  const items: TreeItem[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const id = bytes.toString('hex', end + 1, end + 1 + idLength);
    // Names are bytes; latin1 keeps every one of them apart.
    items.push({
      mode: bytes.toString('latin1', at, space),
      name: bytes.toString('latin1', space + 1, end),
      id,
    });
    at = end + 1 + idLength;
  }
  return items;
}

export function formatTree(items: readonly TreeItem[]): Buffer {
  const key = ({ mode, name }: TreeItem) => (mode === '40000' ? `${name}/` : name);
  const sorted = [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return Buffer.concat(
    sorted.flatMap(({ mode, name, id }) => [
      Buffer.from(`${mode} ${name}\0`, 'latin1'),
      Buffer.from(id, 'hex'),
    ]),
  );
}

/** Which hash names the repository's objects. */
export async function objectFormat(root: string): Promise<'sha1' | 'sha256'> {
  const { stdout } = await git(root, ['rev-parse', '--show-object-format']);
  return stdout.trim() === 'sha256' ? 'sha256' : 'sha1';
}
