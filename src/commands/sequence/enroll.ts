import { enroll } from '../../actions/sequence/enroll.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { enrolledLines } from './lines.js';

export const run: Handler = async (cli, [name, who], options) => {
  const { query, why } = options as { query?: string; why?: string };
  if ((who as string[]).length === 0 && query === undefined)
    throw new ItacaError('usage', 'say whom: people, or --query', {
      hint: 'itaca sequence enroll after-fair mario@example.it',
    });
  const found = query === undefined ? undefined : await cli.query([query]);
  const input = { who: who as string[], ...(found ? { query: found } : {}), ...(why ? { why } : {}) };
  const people = await cli.act((tools) => enroll(name as string, input, tools));
  const count = (state: string) => people.filter((one) => one.state === state).length;
  const counts = {
    sequence: name as string,
    enrolled: count('enrolled') + count('again'),
    already: count('already'),
    stopped: count('stopped'),
    finished: count('finished'),
    people,
  };
  await cli.output.outcome(counts, enrolledLines(people, cli.dryRun));
};
