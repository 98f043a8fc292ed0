/** What a check found. */
export interface Finding {
  check: string;
  /** `warn` is worth knowing, `fail` makes commands go wrong. */
  state: 'ok' | 'warn' | 'fail';
  message: string;
  /** What to do about it; null where there is nothing to do. */
  fix: string | null;
}

/** A finding, and what `--fix` does about it where it can. */
export interface Check extends Finding {
  mend?: () => Promise<string>;
}

export const ok = (check: string, message: string): Check => ({ check, state: 'ok', message, fix: null });
