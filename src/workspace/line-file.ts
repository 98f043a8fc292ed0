import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ItacaError } from '../domain/error.js';
import { parseLine } from '../domain/sending/journal-line.js';

/** How far a file was read. */
export interface Extent {
  /** Bytes of whole lines. */
  length: number;
  /** Hash of those bytes, ready to go on. */
  hash: Hash;
  /** What a crash left after the last whole line; not part of the lines. */
  torn: Buffer | undefined;
}

export interface LinesRead<T> extends Extent {
  lines: T[];
}

/**
 * Reads a file of JSON Lines. A last line without its end is what a crash leaves: it is told apart, never guessed.
 * @param shown name of the file in errors
 * @throws ItacaError `invalid` with the line, where a whole line is not as it was written
 */
export async function readLines<T extends { id: string }>(
  path: string,
  shown: string,
): Promise<LinesRead<T>> {
  return linesIn(await readFile(path), shown);
}

/** As `readLines`, of a file's bytes. */
export function linesIn<T extends { id: string }>(bytes: Buffer, shown: string): LinesRead<T> {
  const lines: T[] = [];
  return { lines, ...eachLineIn<T>(bytes, shown, (line) => lines.push(line)) };
}

/** As `readLines`, handing over line by line: of many no more stays in memory than is kept. */
export async function eachLine<T extends { id: string }>(
  path: string,
  shown: string,
  take: (line: T) => void,
): Promise<Extent> {
  return eachLineIn(await readFile(path), shown, take);
}

function eachLineIn<T extends { id: string }>(bytes: Buffer, shown: string, take: (line: T) => void): Extent {
  const length = bytes.lastIndexOf(0x0a) + 1;
  let number = 0;
  for (let start = 0; start < length; ) {
    const end = bytes.indexOf(0x0a, start);
    number++;
    const line = parseLine<T>(bytes.toString('utf8', start, end));
    if (typeof line === 'string') {
      throw new ItacaError('invalid', `${shown}:${number}: ${line}`, {
        hint: 'restore the line from git or from a backup; nothing is sent while it cannot be read',
        path: shown,
        line: number,
      });
    }
    take(line);
    start = end + 1;
  }
  const hash = createHash('sha256').update(bytes.subarray(0, length));
  return { length, hash, torn: length === bytes.length ? undefined : bytes.subarray(length) };
}

/**
 * Moves what a crash left at the end of a file into a file beside it.
 * @returns path of that file
 */
export async function setTornAside(path: string, { length, torn, hash }: Extent): Promise<string> {
  const aside = `${path}.torn-${hash.copy().digest('hex').slice(0, 8)}`;
  await writeFile(aside, torn ?? '', { flush: true });
  await truncate(path, length);
  return aside;
}

/** A file of JSON Lines that grows. Lines added at the same time share one fsync. */
export class LineFile {
  #waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = [];
  #writing: Promise<void> | undefined;
  #broken: unknown;

  private constructor(
    private readonly file: FileHandle,
    private bytes: number,
    private readonly hash: Hash,
    private readonly afterCommit: (length: number, sha256: string) => Promise<void>,
  ) {}

  /**
   * @param read what the file holds; undefined for a new one
   * @param afterCommit told the length and hash of the file after each write that is on disk
   */
  static async open(
    path: string,
    read: Extent | undefined,
    afterCommit: (length: number, sha256: string) => Promise<void>,
  ): Promise<LineFile> {
    const file = await open(path, read === undefined ? 'ax' : 'a');
    if (read === undefined) await syncFolder(dirname(path));
    return new LineFile(file, read?.length ?? 0, read?.hash ?? createHash('sha256'), afterCommit);
  }

  get length(): number {
    return this.bytes;
  }

  /** Writes the lines and returns when they are on disk. After a failure nothing can be written any more. */
  append(lines: readonly object[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const written = new Promise<void>((done, failed) => this.#waiting.push({ text, done, failed }));
    this.#writing ??= this.#drain();
    return written;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.file.close();
  }

  async #drain(): Promise<void> {
    // Lets everything that was said in this turn of the event loop into the first write.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#commit(Buffer.from(batch.map(({ text }) => text).join('')));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = undefined;
  }

  async #commit(bytes: Buffer): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    try {
      await this.file.appendFile(bytes);
      await this.file.datasync();
    } catch (error) {
      this.#broken = error;
      // Intents that were written but never acted on would stand as doubts for ever.
      await this.file.truncate(this.bytes).catch(() => {});
      throw error;
    }
    this.bytes += bytes.length;
    this.hash.update(bytes);
    await this.afterCommit(this.bytes, this.hash.copy().digest('hex'));
  }
}

/** Makes a new name in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
