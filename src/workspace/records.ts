import type { Kind } from '../domain/records/kind-names.js';

/** A record as the index hands it out. */
export interface StoredRecord<T = Record<string, unknown>> {
  kind: Kind;
  id: string;
  /** File stem: what other records call it. */
  ref: string;
  /** Relative to the workspace, with `/`. */
  path: string;
  title: string;
  /** The moment a timeline sorts it by, in epoch milliseconds. */
  at: number | null;
  data: T;
  note: string;
}

/** One thing to be written. A plan is a list of these; nothing is written before the whole plan is known. */
export type Change =
  | { op: 'create'; kind: Kind; id: string; path: string; data: Record<string, unknown>; note: string }
  | {
      op: 'update';
      kind: Kind;
      id: string;
      path: string;
      /** New values by top-level key; an empty value removes the key. */
      set: Record<string, unknown>;
      /** Items added at the end of lists. */
      append?: Record<string, unknown[]>;
      note?: string;
    }
  | { op: 'remove'; kind: Kind; id: string; path: string }
  | { op: 'write'; path: string; text: string }
  /** Bytes as they were before, of any file; null takes the file away. */
  | { op: 'restore'; path: string; content: Buffer | null };
