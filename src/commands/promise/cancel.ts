import { endPromise } from '../../actions/promises.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which], options) => {
  const { why } = options as { why?: string };
  if (!why)
    throw new ItacaError('usage', 'cancelling a promise needs a reason', { hint: 'give it with --why "…"' });
  const promise = await cli.act((tools) => endPromise(which as string, { state: 'cancelled', why }, tools));
  await cli.output.outcome(
    asJson(promise),
    `${cli.dryRun ? 'would be cancelled' : 'cancelled'}: ${promise.data.what}`,
    promise.ref,
  );
};
