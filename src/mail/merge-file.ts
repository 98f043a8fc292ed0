import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { exists, ignoreFolder, syncFolder } from './file-drop.js';
import type { Outcome, OutgoingMessage, Transport } from './transport.js';

/** A row for each person in one file; more people make more files. */
const mostRows = 10_000;

export interface MergeFileOptions {
  /** Of this campaign; git overlooks it. */
  folder: string;
  /** Where the file appears; absolute. Beside it, with a number, where the name is taken. */
  target: string;
  channel: 'letter' | 'phone';
  /** Tells this clone from a copy of it. */
  clone: string;
  /** The text of a file of these rows. */
  textOf(rows: readonly Record<string, string>[]): string;
}

export interface MergeFile extends Transport {
  /** Files that appeared, absolute. */
  readonly files: readonly string[];
}

/** A file that appears, by the register: written first, so that it can be finished after a crash. */
interface Entry {
  temporary: string;
  target: string;
  messages: string[];
}

/**
 * Files for a mail merge, or a list of calls: what is handed over at once appears as one file, whole or not at all.
 *
 * The rows are on disk under another name, then the register says that they are to appear, then the file is linked to
 * its name. A crash before the register leaves nothing; after it the next opening finishes the work. So the register
 * says for certain who is in a file, wherever the file went since.
 */
export async function mergeFile({
  folder,
  target,
  channel,
  clone,
  textOf,
}: MergeFileOptions): Promise<MergeFile> {
  await mkdir(folder, { recursive: true });
  await ignoreFolder(folder);
  const register = await Register.open(join(folder, '.register.jsonl'));
  for (const entry of register.entries) await appear(entry);
  const files: string[] = [];
  let waiting: { message: OutgoingMessage; done(outcome: Outcome): void }[] = [];

  async function write(messages: readonly OutgoingMessage[]): Promise<Outcome> {
    const rows = messages.map(({ raw }) => JSON.parse(raw.toString()) as Record<string, string>);
    const free = await freeName(target);
    const temporary = join(dirname(free), `.${basename(free)}.${randomBytes(4).toString('hex')}.tmp`);
    try {
      await writeDurably(temporary, textOf(rows), 'wx');
      const entry = { temporary, target: free, messages: messages.map(({ messageId }) => messageId) };
      await register.add(entry);
      await appear(entry);
    } catch (error) {
      const isIn = messages.some(({ messageId }) => register.holds(messageId));
      if (!isIn) await unlink(temporary).catch(() => {});
      return { state: isIn ? 'unknown' : 'deferred', reply: String(error), server: true };
    }
    files.push(free);
    return { state: 'sent', reply: basename(free) };
  }

  async function writeAll(): Promise<void> {
    const all = waiting;
    waiting = [];
    const outcome = await write(all.map(({ message }) => message));
    for (const { done } of all) done(outcome);
  }

  return {
    name: `${channel}:${clone}${register.id}`,
    concurrency: mostRows,
    batch: mostRows,
    keepsAll: true,
    files,
    send: (message) =>
      new Promise((done) => {
        // All of a batch are handed over in one turn of the event loop.
        if (waiting.length === 0) setImmediate(() => void writeAll());
        waiting.push({ message, done });
      }),
    holds: async (messageId) => register.holds(messageId),
    close: async () => {},
  };
}

/** Which messages are in which file. Its id changes where it is lost: then it knows nothing of what was before. */
class Register {
  private readonly known = new Set<string>();

  private constructor(
    private readonly path: string,
    readonly id: string,
    readonly entries: readonly Entry[],
  ) {
    for (const { messages } of entries) for (const id of messages) this.known.add(id);
  }

  static async open(path: string): Promise<Register> {
    const text = await readFile(path, 'utf8').catch(() => '');
    // A last line without its end was cut off by a crash: its file never appeared.
    const [head, ...lines] = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean);
    const known = head === undefined ? undefined : (JSON.parse(head) as { id?: string }).id;
    const id = known ?? randomBytes(4).toString('hex');
    if (known === undefined) await writeDurably(path, `${JSON.stringify({ id })}\n`, 'w');
    else if (!text.endsWith('\n')) await writeDurably(path, text.slice(0, text.lastIndexOf('\n') + 1), 'w');
    return new Register(
      path,
      id,
      lines.map((line) => JSON.parse(line) as Entry),
    );
  }

  holds(messageId: string): boolean {
    return this.known.has(messageId);
  }

  async add(entry: Entry): Promise<void> {
    await writeDurably(this.path, `${JSON.stringify(entry)}\n`, 'a');
    for (const id of entry.messages) this.known.add(id);
  }
}

/** Gives the rows of a file their name, unless they have it. Another file that took the name meanwhile is not replaced. */
async function appear({ temporary, target }: Entry): Promise<void> {
  if (!(await exists(temporary))) return;
  const [own, there] = await Promise.all([stat(temporary), stat(target).catch(() => undefined)]);
  if (there?.ino !== own.ino) await link(temporary, there ? await freeName(target) : target);
  await unlink(temporary);
  await syncFolder(dirname(target));
}

/** `letters.csv`, else `letters-2.csv` and so on. */
async function freeName(target: string): Promise<string> {
  const extension = extname(target);
  const stem = target.slice(0, target.length - extension.length);
  for (let number = 1; ; number++) {
    const name = number === 1 ? target : `${stem}-${number}${extension}`;
    if (!(await exists(name))) return name;
  }
}

async function writeDurably(path: string, text: string, flag: 'w' | 'wx' | 'a'): Promise<void> {
  const file = await open(path, flag, 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
}
