import { idOfPath } from '../records/ids.js';
import { kindOfPath } from '../records/kind-names.js';
import { bareReferences } from './bare-references.js';
import type { ErasedPerson } from './person.js';
import { LedgerRedactor, type LedgerRules } from './redact-ledger.js';

/** All that decides what becomes of a file. */
export interface ErasureRules extends Omit<LedgerRules, 'contacts'> {
  person: ErasedPerson;
  /** Ids of records that go. */
  removed: ReadonlySet<string>;
  /** Whether this version of a record goes, though its record is not among them. */
  goes(path: string, text: string): boolean;
  /** Files beside the records that go. */
  files: ReadonlySet<string>;
}

/** A file as it is to be; null where it goes. */
export type ErasedFile = { path: string; bytes: Buffer } | null;

/** Takes a person out of files, today's and those of the past alike. */
export class Eraser {
  readonly #ledgers: LedgerRedactor;

  constructor(private readonly rules: ErasureRules) {
    this.#ledgers = new LedgerRedactor({ ...rules, contacts: rules.person.contacts });
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
    // Text that is none is left: what names the person in it goes by its path, with the record that it belongs to.
    const text = bytes.toString();
    if (bytes.includes(0) || !Buffer.from(text).equals(bytes)) return { path: after, bytes };
    if (id !== undefined && this.rules.goes(path, text)) return null;
    const redacted = path.endsWith('.jsonl') ? this.#ledgers.redact(text) : this.text(text);
    return { path: after, bytes: redacted === text ? bytes : Buffer.from(redacted) };
  }

  /** What a file is to be called. Each part of the name is taken as the text is that names the file. */
  path(path: string): string {
    return path
      .split('/')
      .map((part) => this.text(part))
      .join('/');
  }

  text(text: string): string {
    return this.rules.redact(bareReferences(text, this.rules.bare));
  }
}
