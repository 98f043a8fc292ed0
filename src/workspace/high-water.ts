import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ItacaError } from '../domain/error.js';

/** How far a journal had grown. */
export interface Mark {
  length: number;
  sha256: string;
}

/** While a journal grows, in milliseconds. */
const notedEveryMs = 250;

/** The folder of what this machine remembers of a workspace, outside of it (XDG Base Directory). */
export function stateFolder(workspaceId: string, environment: NodeJS.ProcessEnv): string {
  const base = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(base, 'itaca', workspaceId);
}

/**
 * How far each journal of a campaign had grown on this machine, kept outside the workspace: a folder that was
 * restored from a backup, reset or copied is behind its mark, and would write to people again.
 */
export class HighWater {
  private written = Number.NEGATIVE_INFINITY;

  private constructor(
    private readonly path: string,
    private readonly marks: Map<string, Mark>,
  ) {}

  /** @param folder of this machine's state for the workspace; created where it is missing */
  static async open(folder: string, campaignId: string): Promise<HighWater> {
    const journals = join(folder, 'journals');
    await mkdir(journals, { recursive: true, mode: 0o700 });
    const path = join(journals, `${campaignId}.json`);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    return new HighWater(path, new Map(Object.entries(parseMarks(text, path))));
  }

  /**
   * Notes how far a journal has grown; now and then, for an older mark does no harm: it still tells a folder that was set
   * back by more than a moment.
   */
  async note(name: string, mark: Mark): Promise<void> {
    this.marks.set(name, mark);
    if (performance.now() - this.written < notedEveryMs) return;
    await this.flush();
  }

  /** Names of the journals that have a mark. */
  names(): string[] {
    return [...this.marks.keys()];
  }

  /** Puts what was noted on disk. The file is replaced whole. */
  async flush(): Promise<void> {
    this.written = performance.now();
    const temporary = `${this.path}.${process.pid}.tmp`;
    await writeFile(temporary, JSON.stringify(Object.fromEntries(this.marks)));
    await rename(temporary, this.path);
  }

  /**
   * Compares the journals in a folder with their marks.
   * @throws ItacaError `refused` where one is missing, has become shorter, or begins otherwise
   */
  async verify(folder: string): Promise<void> {
    for (const [name, mark] of this.marks) {
      const path = join(folder, name);
      const size = await stat(path).then(
        (found) => found.size,
        () => undefined,
      );
      const problem =
        size === undefined
          ? 'is missing'
          : size < mark.length
            ? `is shorter than it was (${size} of ${mark.length} bytes)`
            : (await hashOf(path, mark.length)) === mark.sha256
              ? undefined
              : 'does not begin as it did';
      if (problem === undefined) continue;
      throw new ItacaError(
        'refused',
        `the journal of this send ${problem}: people may have the message already`,
        {
          hint: 'fetch the missing lines (itaca sync), or restore the file from where it is whole',
          path: join(folder, name),
        },
      );
    }
  }
}

function parseMarks(text: string, path: string): Record<string, Mark> {
  try {
    return JSON.parse(text) as Record<string, Mark>;
  } catch (cause) {
    throw new ItacaError('refused', 'what this machine remembers of the send cannot be read', {
      hint: 'compare the journals with another copy, then remove the file',
      path,
      cause,
    });
  }
}

async function hashOf(path: string, length: number): Promise<string> {
  const hash = createHash('sha256');
  if (length > 0)
    for await (const chunk of createReadStream(path, { end: length - 1 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
