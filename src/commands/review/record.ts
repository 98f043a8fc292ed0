import { recordFinding } from '../../actions/reviews.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { asJson } from '../shared/list-records.js';
import { readInput } from '../shared/read-input.js';

export const run: Handler = async (cli, [which, words], options) => {
  const text = (words === '-' ? (await readInput('-')).toString('utf8') : (words as string)).trim();
  if (text === '') throw new ItacaError('usage', 'a finding says something', { hint: 'write what you saw' });
  const { outcome } = options as { outcome?: string };
  const { kase, note } = await cli.act((tools) =>
    recordFinding(which as string, { text, ...(outcome ? { outcome } : {}) }, tools),
  );
  await cli.output.outcome(
    asJson({ ...note, title: '', at: null }),
    `${cli.dryRun ? 'would put' : 'put'} a finding about ${kase.title} on file (${note.ref})`,
    note.ref,
  );
};
