import { type ReplyInput, replyInCase } from '../../actions/cases/reply.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { asJson } from '../shared/list-records.js';
import { minutesOf } from '../shared/minutes.js';
import { readInput } from '../shared/read-input.js';

export const run: Handler = async (cli, [which, words], options) => {
  const { minutes, ...rest } = options as Omit<ReplyInput, 'minutes'> & { minutes?: string };
  if (rest.due !== undefined && !rest.promise) {
    throw new ItacaError('usage', '--due says when a promise is due', {
      hint: 'say what was promised with --promise "…"',
    });
  }
  const text = words === '-' ? (await readInput('-')).toString('utf8').trim() : (words as string | undefined);
  const spent = minutesOf(minutes);
  const input = { ...rest, ...(text ? { text } : {}), ...(spent === undefined ? {} : { minutes: spent }) };
  const { kase, interaction, promise } = await cli.act((tools) => replyInCase(which as string, input, tools));
  const promised = promise ? `, promised: ${String(promise.data.what)}` : '';
  await cli.output.outcome(
    {
      ...asJson(kase),
      interaction: asJson({ ...interaction, title: '', at: null }),
      ...(promise ? { promise: asJson({ ...promise, title: '', at: null }) } : {}),
    },
    `${cli.dryRun ? 'would answer' : 'answered'} by ${String(interaction.data.channel)}${promised}: ${kase.title} (${kase.ref})`,
    interaction.ref,
  );
};
