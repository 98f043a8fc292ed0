import type { OptionSpec } from '../../cli/spec.js';

/** The options that all reports share, said once. */

export const since: OptionSpec = {
  flags: '--since <when>',
  description: 'from then on: 2w, mon, 2026-10-01',
};

export const until: OptionSpec = {
  flags: '--until <when>',
  description: 'up to then; a day counts to its end',
};

/** @param what there must be one of, such as `broken promise` */
export function failIfAny(what: string): OptionSpec {
  return { flags: '--fail-if-any', description: `exit 1 where there is any ${what}, for cron` };
}

/** @param keys what the report can be grouped by, the default first */
export function groupBy(...keys: [string, ...string[]]): OptionSpec {
  return { flags: '--group-by <key>', description: 'a row for each', choices: keys, default: keys[0] };
}
