import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutgoingMessage } from './transport.js';

/** The name of a message's file: the same message has the same name, so a second copy can never lie beside it. */
export function messageFileName(messageId: string): string {
  return createHash('sha256').update(messageId).digest('hex').slice(0, 32);
}

/**
 * A message as it lies in a folder. The envelope stands on top, as a delivering server would write it
 * (Return-Path: RFC 5321, 4.4), so that the message can be sent on later.
 */
export function withEnvelope({ envelope, raw }: OutgoingMessage): Buffer {
  return Buffer.concat([
    Buffer.from(`Return-Path: <${envelope.from}>\r\nDelivered-To: ${envelope.to}\r\n`),
    raw,
  ]);
}

/** Reads what `withEnvelope` wrote. Undefined for a file that does not begin with the two lines of the envelope. */
export function takeEnvelope(file: Buffer): Omit<OutgoingMessage, 'messageId'> | undefined {
  const head = /^Return-Path: <([^>\r\n]*)>\r?\nDelivered-To: ([^\r\n]+)\r?\n/.exec(
    file.subarray(0, 2000).toString(),
  );
  if (!head?.[2]) return undefined;
  return {
    envelope: { from: head[1] ?? '', to: head[2] },
    raw: file.subarray(Buffer.byteLength(head[0])),
  };
}

/** Writes files that are there whole or not at all, also after the power went. */
export class FileDrop {
  #syncing: Promise<void> | undefined;
  #nextSync: Promise<void> | undefined;

  /**
   * @param temporary folder for files being written, on the same file system
   * @param target folder they appear in
   */
  constructor(
    private readonly temporary: string,
    private readonly target: string,
  ) {}

  async create(): Promise<void> {
    await mkdir(this.temporary, { recursive: true });
    await mkdir(this.target, { recursive: true });
  }

  /** Temporary file, fsync, rename, fsync of the folder; files written at the same time share the last one. */
  async write(name: string, content: Buffer): Promise<void> {
    const temporary = join(this.temporary, `${name}.${process.pid}`);
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
      await file.close();
      await rename(temporary, join(this.target, name));
    } catch (error) {
      await file.close().catch(() => {});
      await unlink(temporary).catch(() => {});
      throw error;
    }
    await this.#syncFolder();
  }

  /** A sync under way may have begun before our rename, so we wait for the one after it. */
  #syncFolder(): Promise<void> {
    if (this.#syncing === undefined) {
      this.#syncing = syncFolder(this.target).finally(() => {
        this.#syncing = undefined;
      });
      return this.#syncing;
    }
    this.#nextSync ??= this.#syncing
      .catch(() => {})
      .then(() => {
        this.#nextSync = undefined;
        return this.#syncFolder();
      });
    return this.#nextSync;
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Makes git overlook a folder, without touching the ignore files of the workspace. */
export async function ignoreFolder(path: string): Promise<void> {
  await writeFile(join(path, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
