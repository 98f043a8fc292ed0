import { checkHistory } from '../../actions/check-history.js';
import { brokenSettings, repositoryPrefix } from '../../actions/check-place.js';
import { checkStaged } from '../../actions/check-staged.js';
import { checkWorkspace } from '../../actions/check-workspace.js';
import { unprovenConsents } from '../../actions/consent/check-wordings.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { compilerLine, githubLine } from '../shared/problem-lines.js';

interface Options {
  staged?: boolean;
  history?: boolean;
  format: 'text' | 'github';
}

export const run: Handler = async (cli, args, options) => {
  const paths = args[0] as string[];
  const { staged, history, format } = options as unknown as Options;
  const root = await cli.root();
  if (staged && paths.length > 0)
    throw new ItacaError('usage', '--staged looks at all that is staged; name no paths with it');
  if (history) {
    if (staged || paths.length > 0)
      throw new ItacaError('usage', '--history looks at commits, not at files; name nothing with it');
    return lookAtHistory(cli, root);
  }
  const problems = staged
    ? await checkStaged(root, cli.now())
    : await brokenSettings(async () => checkWorkspace(await cli.workspace(), paths));
  if (problems.length > 0) process.exitCode = 1;
  if (cli.output.json || cli.globals.csv || cli.globals.fields) {
    await cli.output.list(problems, [
      { key: 'path' },
      { key: 'line' },
      { key: 'column' },
      { key: 'message' },
      { key: 'hint', hidden: true },
    ]);
  } else if (format === 'github') {
    const prefix = problems.length > 0 ? await repositoryPrefix(root) : '';
    for (const problem of problems) cli.output.line(githubLine(problem, prefix));
  } else {
    for (const problem of problems) cli.output.line(compilerLine(problem));
    if (problems.length === 0 && !staged && paths.length === 0) await tellOfClaims(cli);
  }
};

/** That somebody is said to have agreed, and nothing on file proves it. */
async function tellOfClaims(cli: Cli): Promise<void> {
  const claims = unprovenConsents(await (await cli.workspace()).index());
  if (claims === 0) return;
  const what = claims === 1 ? 'nothing proves one consent' : `nothing proves ${claims} consents`;
  cli.note(`${what}: itaca report consents`);
}

async function lookAtHistory(cli: Cli, root: string): Promise<void> {
  const { missing, rewritten, old, stale, witnesses, unreached } = await checkHistory(root);
  if (unreached !== undefined) cli.warn(`${unreached}; what this clone knows of the witnesses has to do`);
  if (rewritten > 0)
    cli.note(
      `${rewritten} commits were rewritten to erase somebody (see erasures/); this clone takes that over with itaca sync --adopt-rewrite`,
    );
  if (old.length > 0)
    cli.note(
      printable(
        `the history that was rewritten to erase somebody still hangs on ${old.join(', ')}; itaca sync --adopt-rewrite rewrites it, here and on the remote`,
      ),
    );
  if (witnesses === 0) {
    cli.note('no clone has left a witness yet, so nothing can be told; itaca sync leaves one');
  }
  // A clone that has not taken over the new past is told above; in one that has, the old one must not come back.
  if (missing.length > 0 || (old.length > 0 && !stale)) process.exitCode = 1;
  if (cli.output.json || cli.globals.csv || cli.globals.fields) {
    await cli.output.list(missing, [
      { key: 'commit' },
      { key: 'date' },
      { key: 'author' },
      { key: 'subject' },
      { key: 'clones' },
    ]);
    return;
  }
  for (const { commit, date, author, subject, clones } of missing) {
    const told = [date, author, subject].filter((part) => part !== null).join('  ');
    cli.output.line(`${commit}  ${told === '' ? 'no longer here' : told}  (seen by ${clones.join(', ')})`);
  }
  if (missing.length > 0)
    cli.note('these commits were seen and are gone: somebody amended, rebased or force-pushed');
}
