import { endPromise } from '../../actions/promises.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [which], options) => {
  const proof = (options as { in?: string }).in;
  const promise = await cli.act((tools) =>
    endPromise(which as string, { state: 'kept', ...(proof ? { in: proof } : {}) }, tools),
  );
  await cli.output.outcome(
    asJson(promise),
    `${cli.dryRun ? 'would be kept' : 'kept'}: ${promise.data.what}`,
    promise.ref,
  );
};
