import { mergeForGit } from '../../actions/merge-file.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, args) => {
  const [base, ours, theirs, path] = args as string[];
  const conflicts = mergeForGit({
    base: base as string,
    ours: ours as string,
    theirs: theirs as string,
    path: path as string,
  });
  if (conflicts.length === 0) return;
  cli.warn(`${path}: both sides changed ${conflicts.join(', ')}`);
  process.exitCode = 1;
};
