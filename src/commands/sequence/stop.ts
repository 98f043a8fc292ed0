import { stop } from '../../actions/sequence/enroll.js';
import type { Handler } from '../../cli/spec.js';
import { enrolledLines } from './lines.js';

export const run: Handler = async (cli, [name, who], options) => {
  const { why } = options as { why?: string };
  const people = await cli.act((tools) => stop(name as string, who as string[], why, tools));
  await cli.output.outcome({ sequence: name as string, people }, enrolledLines(people, cli.dryRun));
};
