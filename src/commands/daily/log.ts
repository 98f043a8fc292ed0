import { type InteractionInput, logInteraction } from '../../actions/log-interaction.js';
import type { Cli } from '../../cli/context.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { type Channel, channels } from '../../domain/interactions/channels.js';
import { asJson } from '../shared/list-records.js';

interface Options {
  in?: boolean;
  out?: boolean;
  outcome?: string;
  minutes?: string;
  subject?: string;
  case?: string;
  deal?: string;
  campaign?: string;
  topic?: string[];
  at?: string;
  promise?: string;
  due?: string;
  keeps?: string;
}

export const run: Handler = async (cli, args, options) => {
  const input =
    args[0] === undefined ? await ask(cli) : await fromArguments(args as string[], options as Options);
  const { interaction, promise, kept, who } = await cli.act((tools) => logInteraction(input, tools));
  const verb = cli.dryRun ? 'would log' : 'logged';
  const promised = promise
    ? `, promised: ${promise.data.what}${promise.data.due ? ` by ${promise.data.due}` : ''}`
    : '';
  const keeping = kept ? `, kept: ${kept.data.what}` : '';
  await cli.output.outcome(
    {
      ...asJson({ ...interaction, title: '', at: null }),
      ...(promise ? { promise: asJson({ ...promise, title: '', at: null }) } : {}),
      ...(kept ? { keeps: asJson(kept) } : {}),
    },
    `${verb} ${input.channel} with ${who.title}${promised}${keeping} (${interaction.ref})`,
    interaction.ref,
  );
};

async function fromArguments([channel, who, text]: string[], options: Options): Promise<InteractionInput> {
  if (!(channels as readonly (string | undefined)[]).includes(channel)) {
    throw new ItacaError('usage', `"${channel}" is not a channel`, {
      hint: `channels are: ${channels.join(', ')}`,
    });
  }
  if (!who)
    throw new ItacaError('usage', 'who was it?', {
      hint: `itaca log ${channel} mario@example.it "what was said"`,
    });
  if (options.in && options.out) throw new ItacaError('usage', '--in and --out exclude each other');
  if (options.due !== undefined && !options.promise) {
    throw new ItacaError('usage', '--due says when a promise is due', {
      hint: 'say what was promised with --promise "…"',
    });
  }
  const minutes = options.minutes === undefined ? undefined : Number(options.minutes);
  if (minutes !== undefined && !(minutes >= 0))
    throw new ItacaError('usage', `--minutes ${options.minutes} is no number`);
  const direction = options.in ? 'inbound' : options.out ? 'outbound' : undefined;
  const note = text === '-' ? await standardInput() : text;
  return {
    channel: channel as Channel,
    who,
    ...(note ? { text: note } : {}),
    ...(direction ? { direction } : {}),
    ...(minutes === undefined ? {} : { minutes }),
    ...pick(options, ['outcome', 'subject', 'case', 'deal', 'campaign', 'at', 'promise', 'due', 'keeps']),
    ...(options.topic ? { topics: options.topic } : {}),
  };
}

function pick<K extends keyof Options>(options: Options, keys: K[]): Pick<Options, K> {
  return Object.fromEntries(
    keys.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])),
  ) as Pick<Options, K>;
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').trim();
}

/** `itaca log` alone, on a terminal. */
async function ask(cli: Cli): Promise<InteractionInput> {
  if (!cli.interactive) {
    throw new ItacaError('usage', 'what should be logged?', {
      hint: 'itaca log phone mario@example.it "what was said" --in',
    });
  }
  const { askChoice, askText } = await import('../../cli/prompts.js');
  const channel = (await askChoice('Channel', channels)) as Channel;
  const who = await askText('Who (e-mail, phone, name)', true);
  const direction = channel === 'note' ? 'internal' : await askChoice('Direction', ['inbound', 'outbound']);
  const text = await askText('What was said');
  const promise = await askText('Promised anything? (empty: no)');
  const until = promise === '' ? '' : await askText('By when? (2026-11-24, fri, 3d; empty: no date)');
  return {
    channel,
    who,
    direction: direction as NonNullable<InteractionInput['direction']>,
    ...(text ? { text } : {}),
    ...(promise ? { promise } : {}),
    ...(until ? { due: until } : {}),
  };
}
