import { makePromise } from '../../actions/promises.js';
import { refuseStranger } from '../../actions/refuse-stranger.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';
import { minutesOf } from '../shared/minutes.js';

export const run: Handler = async (cli, [who, what], options) => {
  const { due, by, case: kase, minutes } = options as Record<string, string | undefined>;
  const long = minutesOf(minutes);
  const promise = await cli.act((tools) => {
    refuseStranger(by, tools);
    return makePromise(
      {
        to: who as string,
        what: what as string,
        ...(due === undefined ? {} : { due }),
        ...(by ? { by } : {}),
        ...(kase ? { case: kase } : {}),
        ...(long === undefined ? {} : { minutes: long }),
      },
      tools,
    );
  });
  const until = promise.data.due ? `, due ${promise.data.due}` : '';
  await cli.output.outcome(
    asJson({ ...promise, title: what as string, at: null }),
    `${cli.dryRun ? 'would promise' : 'promised'}: ${what as string}${until} (${promise.ref})`,
    promise.ref,
  );
};
