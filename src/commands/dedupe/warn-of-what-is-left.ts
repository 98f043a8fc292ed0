import type { Cli } from '../../cli/context.js';

interface Rule {
  rule: string;
  cut: number;
  left: number;
}

/** Says on stderr what was not compared: rows that say nothing, and rows of which too many say the same. */
export function warnOfWhatIsLeft(cli: Cli, rows: number, bare: number, blocking: readonly Rule[]): void {
  if (bare > 0) cli.warn(`${bare} of ${rows} rows have nothing to be compared by`);
  const cut = blocking.filter(({ left }) => left > 0);
  if (cut.length === 0) return;
  const worst = cut.reduce((most, one) => (one.left > most.left ? one : most));
  cli.warn(
    `too many rows are alike to compare all with each other: ${worst.left} by "${worst.rule}"` +
      (cut.length > 1 ? `, and some by ${cut.length - 1} other rules` : ''),
  );
}
