import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ItacaError } from '../domain/error.js';
import {
  type IntentLine,
  isJournal,
  type JournalLine,
  type OutcomeLine,
  withId,
} from '../domain/sending/journal-line.js';
import { SendLedger } from '../domain/sending/ledger.js';
import { HighWater } from './high-water.js';
import { type Extent, eachLine, LineFile, setTornAside } from './line-file.js';
import { takeLock } from './lock.js';
import { removeHalfPlans } from './plan-file.js';

/** A journal goes on in a new file when it is this long. */
const rollAt = 32 * 1024 * 1024;

export interface JournalPlace {
  /** Absolute path of the campaign's `sends/` folder; created where it is missing. */
  folder: string;
  campaignId: string;
  /** This machine's state for the workspace: `stateFolder()`. */
  state: string;
  /** Name of this clone, for the file's name. */
  clone: string;
  /** YYYY-MM-DD. */
  date: string;
}

export interface SendsRead {
  ledger: SendLedger;
  /** Journals whose last line a crash cut off, relative to the folder. */
  torn: string[];
}

/**
 * Reads all journals of a campaign, of every clone.
 * @param folder absolute path of the campaign's `sends/`; it need not exist
 * @param soonOpened keeps what was read for a `SendJournal` that opens while the files are the same
 * @throws ItacaError `invalid` with path and line, where a line is not as it was written
 */
export async function readJournals(folder: string, soonOpened = false): Promise<SendsRead> {
  const { ledger, extents } = await readFolder(folder, soonOpened);
  const torn = [...extents].flatMap(([name, extent]) => (extent.torn === undefined ? [] : [name]));
  return { ledger, torn };
}

interface FolderRead {
  ledger: SendLedger;
  /** By name of the journal. */
  extents: Map<string, Extent>;
}

/** The last folder that was read to be opened soon: with a million lines a second reading takes seconds. */
let kept: (FolderRead & { folder: string; stamp: string }) | undefined;

async function readFolder(folder: string, keep: boolean): Promise<FolderRead> {
  // Before the files are read: what changes meanwhile is read again.
  const stamp = keep ? await stampOf(folder) : '';
  const read: FolderRead = { ledger: new SendLedger(), extents: new Map() };
  for (const name of await journalNames(folder)) {
    const path = join(folder, name);
    read.extents.set(name, await eachLine<JournalLine>(path, path, (line) => read.ledger.add(line)));
  }
  if (keep) kept = { ...read, folder, stamp };
  return read;
}

/** What was read a moment ago, where the files are the same; it is handed out once. */
async function takeKept(folder: string): Promise<FolderRead | undefined> {
  const read = kept?.folder === folder && kept.stamp === (await stampOf(folder)) ? kept : undefined;
  kept = undefined;
  return read;
}

async function stampOf(folder: string): Promise<string> {
  const stats = await Promise.all(
    (await journalNames(folder)).map(async (name) => {
      const { mtimeMs, ctimeMs, size, ino } = await stat(join(folder, name));
      return `${name} ${mtimeMs} ${ctimeMs} ${size} ${ino}`;
    }),
  );
  return stats.join('\n');
}

/**
 * Lines of the journals in a folder that are not as they were written: the first of each file.
 * @param folder absolute path; it need not exist
 */
export async function journalProblems(folder: string): Promise<{ name: string; error: ItacaError }[]> {
  const problems: { name: string; error: ItacaError }[] = [];
  for (const name of await journalNames(folder)) {
    try {
      await eachLine<JournalLine>(join(folder, name), name, () => {});
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      problems.push({ name, error });
    }
  }
  return problems;
}

/** State folders whose lock for sending this process holds. */
const held = new Set<string>();

/**
 * Keeps all other processes of this machine from sending for a workspace. Journals that this process opens meanwhile
 * take no lock of their own.
 * @param state this machine's state for the workspace: `stateFolder()`
 * @returns gives the lock back
 * @throws ItacaError `locked` where another process sends
 */
export async function lockSending(state: string, about: string): Promise<() => Promise<void>> {
  const { release } = await takeLock(state, 'send', about);
  held.add(state);
  return async () => {
    held.delete(state);
    await release();
  };
}

/**
 * The journal of a campaign's sends, open for writing by this process alone.
 *
 * What stands in it is on disk before `intend` returns; so whatever leaves is known to have been about to.
 */
export class SendJournal {
  #rolling: Promise<void> | undefined;

  private constructor(
    readonly ledger: SendLedger,
    /** Files with what a crash left, set aside by this opening. */
    readonly setAside: readonly string[],
    private readonly place: JournalPlace,
    private readonly highWater: HighWater,
    private readonly release: () => Promise<void>,
    private file: LineFile,
    private part: number,
  ) {}

  /**
   * Opens the journal for writing.
   * @throws ItacaError `locked` where another process of this machine sends for this workspace, `refused` where a
   * journal is behind what this machine remembers, `invalid` where a line is not as it was written
   */
  static async open(place: JournalPlace): Promise<SendJournal> {
    const release = held.has(place.state)
      ? async () => {}
      : (await takeLock(place.state, 'send', 'campaign send')).release;
    try {
      await mkdir(place.folder, { recursive: true });
      await removeHalfPlans(place.folder);
      const highWater = await HighWater.open(place.state, place.campaignId);
      await highWater.verify(place.folder);

      const { ledger, extents } = (await takeKept(place.folder)) ?? (await readFolder(place.folder, false));
      const setAside: string[] = [];
      const own = new Map<number, Extent>();
      for (const [name, extent] of extents) {
        const part = partOf(place, name);
        if (part !== undefined) own.set(part, extent);
        // What another clone writes is its own to mend.
        if (extent.torn !== undefined && name.includes(`-${place.clone}`))
          setAside.push(await setTornAside(join(place.folder, name), extent));
      }
      const part = Math.max(1, ...own.keys());
      const file = await openPart(place, highWater, part, own.get(part));
      return new SendJournal(ledger, setAside, place, highWater, release, file, part);
    } catch (error) {
      await release();
      throw error;
    }
  }

  /**
   * Writes that messages are about to leave; they may leave when this returns.
   * @throws ItacaError `partial` where they could not be put on disk: then they must not leave
   */
  async intend(intents: readonly Omit<IntentLine, 'id' | 'event'>[]): Promise<IntentLine[]> {
    const lines = intents.map((intent) => withId({ event: 'intent' as const, ...intent }));
    await this.#write(lines, 'nothing was sent after this point');
    return lines;
  }

  /**
   * Writes what became of messages.
   * @throws ItacaError `partial` where it could not be put on disk: they stand as `unknown`
   */
  async conclude(outcomes: readonly Omit<OutcomeLine, 'id'>[]): Promise<OutcomeLine[]> {
    const lines = outcomes.map((outcome) => withId(outcome));
    await this.#write(lines, 'some messages left without a record of it and stand as unknown');
    return lines;
  }

  /** Writes lines of another clone's journal, those that no journal here has. */
  async adopt(lines: readonly JournalLine[]): Promise<void> {
    const missing = lines.filter((line) => !this.ledger.has(line));
    await this.#write(missing, 'nothing was sent');
  }

  async close(): Promise<void> {
    try {
      await this.file.close();
      await this.highWater.flush();
    } finally {
      await this.release();
    }
  }

  async #write(lines: JournalLine[], consequence: string): Promise<void> {
    try {
      if (this.file.length >= rollAt) {
        // Several may find the file full at once; it rolls once.
        this.#rolling ??= this.#roll().finally(() => {
          this.#rolling = undefined;
        });
        await this.#rolling;
      }
      await this.file.append(lines);
    } catch (cause) {
      throw new ItacaError('partial', `the journal cannot be written: ${String(cause)}`, {
        hint: `${consequence}; make room on the disk and send again`,
        path: join(this.place.folder, partName(this.place, this.part)),
        cause,
      });
    }
    for (const line of lines) this.ledger.add(line);
  }

  async #roll(): Promise<void> {
    const full = this.file;
    this.file = await openPart(this.place, this.highWater, this.part + 1, undefined);
    this.part++;
    await full.close();
  }
}

async function openPart(
  place: JournalPlace,
  highWater: HighWater,
  part: number,
  read: Extent | undefined,
): Promise<LineFile> {
  const name = partName(place, part);
  return LineFile.open(join(place.folder, name), read, (length, sha256) =>
    highWater.note(name, { length, sha256 }),
  );
}

function partName({ date, clone }: JournalPlace, part: number): string {
  return part === 1 ? `${date}-${clone}.jsonl` : `${date}-${clone}-${part}.jsonl`;
}

function partOf({ date, clone }: JournalPlace, name: string): number | undefined {
  if (name === `${date}-${clone}.jsonl`) return 1;
  const start = `${date}-${clone}-`;
  const match = name.startsWith(start) ? /^(\d+)\.jsonl$/.exec(name.slice(start.length)) : undefined;
  return match ? Number(match[1]) : undefined;
}

async function journalNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter(isJournal).sort();
}
