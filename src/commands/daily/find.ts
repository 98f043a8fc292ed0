import { findWords } from '../../actions/find-words.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { type Kind, kinds } from '../../domain/records/kind-names.js';
import type { Row } from '../shared/columns.js';

export const run: Handler = async (cli, [words], options) => {
  const { kind, limit } = options as { kind?: string; limit: string };
  if (kind !== undefined && !(kinds as readonly string[]).includes(kind)) {
    throw new ItacaError('usage', `"${kind}" is no kind of record`, {
      hint: `kinds are: ${kinds.join(', ')}`,
    });
  }
  const count = Number(limit);
  if (!(Number.isInteger(count) && count > 0))
    throw new ItacaError('usage', `--limit ${limit} is no whole number above 0`);
  const index = await (await cli.workspace()).index();
  const text = (words as string[]).join(' ');
  const { rows, near, matches } = findWords(index, text, {
    limit: count,
    ...(kind ? { kind: kind as Kind } : {}),
  });
  await cli.warnOfProblems();
  if (rows.length === 0 && near.length > 0) cli.note(`nothing holds "${text}"; near it: ${near.join(', ')}`);
  await cli.output.list(
    rows as unknown as Row[],
    [
      { key: 'kind', style: 'dim' },
      { key: 'title', style: 'bold', flex: true },
      { key: 'snippet', flex: true, strong: matches },
      { key: 'ref', style: 'cyan', flex: true },
    ],
    `nothing holds "${text}"`,
  );
};
