import { exportPerson } from '../../actions/export-person/export-person.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, [who], options) => {
  const { out } = options as { out?: string };
  if (out === undefined)
    throw new ItacaError('usage', 'the folder is missing that is to be made', {
      hint: `itaca contact export ${JSON.stringify(who)} -o <folder>`,
    });
  const done = await exportPerson(who as string, out, await cli.tools());
  await cli.warnOfProblems();
  for (const path of done.missing) cli.warn(`${path} is named by a record and is not there`);
  const counts = Object.entries(done.counts).map(([kind, count]) => `${count} ${kind.replace('_', ' ')}`);
  await cli.output.outcome(
    done,
    `${cli.dryRun ? 'would write' : 'wrote'} ${counts.join(', ')} to ${out}\nread it before you hand it over: messages and attachments are as they came, and may name other people`,
    out,
  );
};
