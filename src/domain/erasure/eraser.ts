import { createHash } from 'node:crypto';
import { idOfPath } from '../records/ids.js';
import { kindOfPath } from '../records/kind-names.js';
import { bareReferences } from './bare-references.js';
import type { ErasedPerson } from './person.js';
import { erasedPath, LedgerRedactor, type LedgerRules } from './redact-ledger.js';

/** All that decides what becomes of a file. */
export interface ErasureRules extends Omit<LedgerRules, 'contacts'> {
  person: ErasedPerson;
  /** Ids of records that go. */
  removed: ReadonlySet<string>;
  /** Whether this version of a record goes, though its record is not among them. */
  goes(path: string, text: string): boolean;
  /** Files beside the records that go. */
  files: ReadonlySet<string>;
  /** Takes the person out of a message, however it is encoded; undefined for a file that is none. */
  mail?(bytes: Buffer, redact: (text: string) => string): Buffer | undefined;
}

const attachments = 'attachments/';
const attached = /attachments\/[^\s"',;()[\]{}]{1,1000}/g;
const hash = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/** What a message answers, where that was the person's: two of them would seem to answer the same. */
const answersNothing = /^in_reply_to: ["']?<\(erased\)>["']?\r?\n/gm;

/** A file as it is to be; null where it goes. */
export type ErasedFile = { path: string; bytes: Buffer } | null;

/** Takes a person out of files, today's and those of the past alike. */
export class Eraser {
  readonly #ledgers: LedgerRedactor;
  /** SHA-256 of files beside the records, as they were → as they are to be. */
  readonly #hashes = new Map<string, string>();

  constructor(private readonly rules: ErasureRules) {
    this.#ledgers = new LedgerRedactor({
      ...rules,
      contacts: rules.person.contacts,
      redact: (text) => this.#rehashed(rules.redact(text)),
    });
  }

  /** Reads the files beside the records beforehand, and before the ledgers: both tell their hashes. */
  learnFile(path: string, bytes: Buffer): void {
    if (!path.startsWith(attachments)) return;
    const after = this.file(path, bytes);
    if (after !== null && after.bytes !== bytes) this.#hashes.set(sha256(bytes), sha256(after.bytes));
  }

  /** Reads the ledgers beforehand, in any order: their lines name each other across files. */
  learn(path: string, bytes: Buffer): void {
    if (path.endsWith('.jsonl')) this.#ledgers.learn(bytes.toString());
  }

  /**
   * What a file is to be.
   * @param path relative to the workspace
   * @returns the same bytes where nothing in it is the person's
   */
  file(path: string, bytes: Buffer): ErasedFile {
    if (this.rules.files.has(path)) return null;
    const id = kindOfPath(path) ? idOfPath(path) : undefined;
    if (id !== undefined && this.rules.removed.has(id)) return null;
    const after = this.path(path);
    const mail = path.startsWith(attachments)
      ? this.rules.mail?.(bytes, (text) => this.#plain(text))
      : undefined;
    if (mail) return { path: after, bytes: mail };
    // Text that is none is left: what names the person in it goes by its path, with the record that it belongs to.
    const text = bytes.toString();
    if (bytes.includes(0) || !Buffer.from(text).equals(bytes)) return { path: after, bytes };
    if (id !== undefined && this.rules.goes(path, text)) return null;
    const redacted = path.endsWith('.jsonl')
      ? this.#ledgers.redact(text)
      : path.startsWith(attachments)
        ? this.#plain(text)
        : id === undefined
          ? this.text(text)
          : this.text(text).replace(answersNothing, '');
    return { path: after, bytes: redacted === text ? bytes : Buffer.from(redacted) };
  }

  /** What a file is to be called. Each part of the name is taken as the text is that names the file. */
  path(path: string): string {
    return path
      .split('/')
      .map((part) => this.text(part))
      .join('/');
  }

  /** A text without the person, with the hashes of files as they are to be, and without the paths of those that go. */
  text(text: string): string {
    const kept =
      this.rules.files.size === 0
        ? text
        : text.replace(attached, (path) => (this.rules.files.has(path) ? erasedPath : path));
    return this.#rehashed(this.#plain(kept));
  }

  #plain(text: string): string {
    return this.rules.redact(bareReferences(text, this.rules.bare));
  }

  #rehashed(text: string): string {
    return this.#hashes.size === 0 ? text : text.replace(hash, (one) => this.#hashes.get(one) ?? one);
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
