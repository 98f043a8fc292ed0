import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { endsWhole, eventLedgers } from './event-ledger.js';
import { syncFolder } from './line-file.js';

/** A ledger goes on in a new file when it is this long. */
const rollAt = 32 * 1024 * 1024;
/** Lines wait for each other until they come to so many bytes. */
const flushAt = 256 * 1024;

/**
 * Adds lines to the ledgers of one source in a campaign's `events/`. They wait in files of their own until `place` puts
 * them where they count: an import that breaks off leaves nothing behind that counts.
 */
export class EventWriter {
  #waiting: string[] = [];
  #bytes = 0;
  #file: FileHandle | undefined;
  #length = 0;
  readonly #parts: { path: string; bytes: number }[] = [];

  /**
   * @param folder absolute path of the campaign's `events/`; made where it is missing
   * @param stem of the ledger's name: `<date>-<source>-<clone>`
   * @param scratch path, without its end, of the files in which lines wait; on the same file system
   */
  constructor(
    private readonly folder: string,
    private readonly stem: string,
    private readonly scratch: string,
  ) {}

  /** Adds a line, without its end. It is held until `flush`. */
  add(line: string): void {
    this.#waiting.push(line);
    this.#bytes += line.length + 1;
  }

  /** Writes down the lines that are held, once they are worth a write. */
  async flush(): Promise<void> {
    if (this.#bytes >= flushAt) await this.#flush();
  }

  /**
   * Puts the lines into the ledgers, durably.
   * @returns absolute paths of the ledgers that were written
   */
  async place(): Promise<string[]> {
    await this.#flush();
    await this.#closePart();
    if (this.#parts.length > 0) await mkdir(this.folder, { recursive: true });
    const written = new Set<string>();
    for (const { path, bytes } of this.#parts) written.add(await this.#placePart(path, bytes));
    if (written.size > 0) await syncFolder(this.folder);
    return [...written];
  }

  /** Forgets what was not placed. */
  async discard(): Promise<void> {
    this.#waiting = [];
    await this.#closePart();
    for (const { path } of this.#parts) await rm(path, { force: true });
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const bytes = Buffer.from(`${this.#waiting.join('\n')}\n`);
    this.#waiting = [];
    this.#bytes = 0;
    if (this.#length + bytes.length > rollAt) await this.#closePart();
    if (!this.#file) {
      const path = `${this.scratch}-${this.#parts.length + 1}.jsonl`;
      this.#file = await open(path, 'w');
      this.#length = 0;
      this.#parts.push({ path, bytes: 0 });
    }
    await this.#file.appendFile(bytes);
    this.#length += bytes.length;
    (this.#parts.at(-1) as { bytes: number }).bytes = this.#length;
  }

  async #closePart(): Promise<void> {
    await this.#file?.sync();
    await this.#file?.close();
    this.#file = undefined;
    this.#length = 0;
  }

  /** A part becomes a ledger, or goes to the end of the last one where that has room. */
  async #placePart(path: string, bytes: number): Promise<string> {
    const names = await eventLedgers(this.folder);
    const parts = names.flatMap((name) => partOf(this.stem, name) ?? []);
    const last = Math.max(0, ...parts);
    const end = join(this.folder, nameOf(this.stem, last));
    if (last > 0 && (await stat(end)).size + bytes <= rollAt && (await endsWhole(end))) {
      await pipeline(createReadStream(path), createWriteStream(end, { flags: 'a', flush: true }));
      await rm(path);
      return end;
    }
    const fresh = join(this.folder, nameOf(this.stem, last + 1));
    await rename(path, fresh);
    return fresh;
  }
}

function nameOf(stem: string, part: number): string {
  return part <= 1 ? `${stem}.jsonl` : `${stem}-${part}.jsonl`;
}

function partOf(stem: string, name: string): number | undefined {
  if (name === nameOf(stem, 1)) return 1;
  const match = name.startsWith(`${stem}-`) ? /^(\d+)\.jsonl$/.exec(name.slice(stem.length + 1)) : null;
  return match ? Number(match[1]) : undefined;
}
