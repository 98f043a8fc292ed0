/**
 * What went wrong, by the kind of answer it asks for. `main.ts` is the one place that turns a code into an exit
 * status: usage 2 · not_found, ambiguous 3 · invalid 4 · conflict, locked 5 · refused 6 · partial 7 · interrupted 130.
 */
export type ErrorCode =
  | 'usage'
  | 'not_found'
  | 'ambiguous'
  | 'invalid'
  | 'conflict'
  | 'locked'
  | 'refused'
  | 'partial'
  | 'interrupted';

export interface ErrorDetails {
  /** What to do next, as a sentence or a command. */
  hint?: string;
  /** File the error is about, relative to the workspace where it lies in one. */
  path?: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  cause?: unknown;
}

/** An error that a person can act on: a code, a sentence, and where possible a place and a next step. */
export class ItacaError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly path: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ItacaError';
    this.code = code;
    this.hint = details.hint;
    this.path = details.path;
    this.line = details.line;
    this.column = details.column;
  }
}
