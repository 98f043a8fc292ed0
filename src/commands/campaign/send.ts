import type { CampaignPlan } from '../../actions/campaign/plan-campaign.js';
import { type SendReport, sendCampaign } from '../../actions/campaign/send-campaign.js';
import { partlyDone } from '../../actions/partly-done.js';
import type { Cli } from '../../cli/context.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { reasonLines } from '../shared/send-lines.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export const run: Handler = async (cli, [which], options) => {
  const {
    confirm,
    output,
    offline = false,
    takeOver = false,
  } = options as {
    confirm?: string;
    output?: string;
    offline?: boolean;
    takeOver?: boolean;
  };
  const tools = await cli.tools();
  const progress = cli.progress('sending');
  const abort = new AbortController();
  const stop = () => abort.abort();
  // What is in flight is finished and its outcome written; a second signal changes nothing.
  for (const signal of signals) process.on(signal, stop);
  let report: SendReport;
  try {
    report = await sendCampaign(
      which as string,
      {
        environment: cli.env,
        output,
        signal: abort.signal,
        offline,
        takeOver,
        confirm: (plan) => confirmTitle(cli, plan, confirm),
        progress: (done, total) => progress.show(done, total),
      },
      // The title that was given answers the other questions, too.
      confirm === undefined ? tools : { ...tools, confirm: async () => {} },
    );
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    progress.show(1, 1);
  }
  const { counts, result, unpublished } = report;
  const leftOut = Object.values(counts.left_out).reduce((sum, count) => sum + count, 0);
  const others = (['unknown', 'deferred', 'rejected', 'remaining'] as const).filter((key) => counts[key] > 0);
  const lines = [
    `${counts.audience} in the audience = ${counts.sent} sent${others.map((key) => ` + ${counts[key]} ${key}`).join('')} + ${leftOut} left out`,
    ...reasonLines(counts.left_out),
    whereTo(counts, cli.dryRun),
  ];
  await cli.output.outcome(counts, lines.join('\n'), lines.join('\n'));
  for (const { recipient, state, reply } of result?.problems.slice(0, 10) ?? []) {
    cli.warn(`${recipient.address}: ${state}: ${reply}`);
  }
  const failure = result && partlyDone(result);
  if (failure) throw failure;
  if (unpublished) {
    throw new ItacaError('partial', `the others do not have what was sent: ${unpublished.message}`, {
      hint: 'mend that and send again: until then nobody else may send',
      cause: unpublished,
    });
  }
};

/** Where the messages are, in a line. Of one in doubt nobody knows whether it left. */
function whereTo({ sent, unknown, files, transport }: SendReport['counts'], dryRun: boolean): string {
  if (dryRun) return 'nothing was sent';
  if (sent === 0) return unknown > 0 ? 'nothing is known to have left' : 'nothing was sent';
  if (files) return `in ${files.join(', ')}`;
  return transport === 'outbox' ? 'the messages lie in outbox/new' : `by ${transport}`;
}

/** `--confirm` must be the title; on a terminal it is asked for. A plain yes is not enough for a send. */
async function confirmTitle(
  cli: Cli,
  { campaign, plan }: CampaignPlan,
  given: string | undefined,
): Promise<void> {
  const question = `This sends to ${plan.recipients.length} people. Type the campaign's title to go on:`;
  let title = given;
  if (title === undefined) {
    if (!cli.interactive) {
      throw new ItacaError('usage', 'a send asks for the campaign’s title, and nobody can be asked here', {
        hint: `add --confirm ${JSON.stringify(campaign.title)}`,
      });
    }
    const { askText } = await import('../../cli/prompts.js');
    title = await askText(question);
  }
  if (title.trim() !== campaign.title) {
    throw new ItacaError('usage', `"${title}" is not the title of this campaign`, {
      hint: `it is ${JSON.stringify(campaign.title)}`,
    });
  }
}
