import type { StepOutcome } from '../../actions/agreements/cancel-agreement.js';
import type { Tools } from '../../actions/tools.js';
import type { Cli } from '../../cli/context.js';
import type { StoredRecord } from '../../workspace/records.js';
import { asJson } from '../shared/list-records.js';
import { readInput } from '../shared/read-input.js';

/** What was said, as it is typed or comes in by a pipe. */
export async function wordsOf(words: string | undefined): Promise<{ text?: string }> {
  const text = words === '-' ? (await readInput('-')).toString('utf8').trim() : words;
  return text ? { text } : {};
}

/** Takes a step in the ending of an agreement, and tells where it stands then. */
export async function takeStep(
  cli: Cli,
  step: (tools: Tools) => Promise<StepOutcome>,
  done: string,
): Promise<void> {
  const { agreement, interaction, case: kase, effect } = await cli.act(step);
  const { data, ref } = agreement;
  const confirmed = data.state === 'terminated' ? 'it ended' : 'it ends';
  await cli.output.outcome(
    {
      ...asJson(agreement as unknown as StoredRecord),
      interaction,
      case: kase,
      ends_on: effect.day,
      because: effect.why,
    },
    `${cli.dryRun ? 'would be ' : ''}${done}: ${data.number ?? ref}; ${confirmed} on ${effect.day} (${effect.why})`,
    ref,
  );
}
