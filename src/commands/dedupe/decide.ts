import { decide } from '../../actions/linkage/decide.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, [a, b], options) => {
  const { same, different, why } = options as { same?: boolean; different?: boolean; why?: string };
  if ((same === true) === (different === true))
    throw new ItacaError('usage', 'say either --same or --different', {
      hint: 'to see why they look alike: itaca dedupe explain',
    });
  const outcome = await cli.act((tools) =>
    decide([a as string, b as string], { same: same === true, why }, tools),
  );
  const words = `${outcome.a} and ${outcome.b} are ${outcome.same ? 'one' : 'two'}`;
  const sentence = outcome.changed
    ? `${cli.dryRun ? 'would decide' : 'decided'}: ${words}`
    : `it is decided already: ${words}`;
  await cli.output.outcome(outcome, sentence, outcome.path);
};
