import type { OptionSpec } from '../../cli/spec.js';

/** Where an export goes. */
export const outOption: OptionSpec = {
  flags: '-o, --out <file>',
  description: 'write it here (default: standard output)',
};

/** The options of an export of records that may go to a third party. */
export const recordOptions: readonly OptionSpec[] = [
  outOption,
  {
    flags: '--to <party>',
    description:
      'for a third party: only people whose consent covers it, and only what names and reaches them',
  },
  { flags: '--purpose <purpose>', description: 'with --to: only a consent to this purpose counts' },
  { flags: '--leave-out', description: 'with --to: leave out who is not covered, instead of refusing' },
];
