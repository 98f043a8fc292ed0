import { moveCase } from '../../actions/cases.js';
import type { Handler } from '../../cli/spec.js';
import type { CaseState } from '../../domain/cases/states.js';
import { asJson } from './list-records.js';

/** The handler of a verb that moves a case to a state. */
export function mover(to: CaseState, done: string): Handler {
  return async (cli, [which], options) => {
    const { why, cause } = options as { why?: string; cause?: string };
    const details = { ...(why ? { why } : {}), ...(cause ? { set: { cause } } : {}) };
    const kase = await cli.act((tools) => moveCase(which as string, to, details, tools));
    await cli.output.outcome(
      asJson(kase),
      `${cli.dryRun ? 'would be ' : ''}${done}: ${kase.title} (${kase.ref})`,
      kase.ref,
    );
  };
}
