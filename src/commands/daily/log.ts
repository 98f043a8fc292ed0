import { doneCase, openCasesOf } from '../../actions/cases/cases-of.js';
import { type InteractionInput, logInteraction } from '../../actions/log-interaction.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { answeredNote } from '../../domain/cases/playbook.js';
import { ItacaError } from '../../domain/error.js';
import { type Channel, channels } from '../../domain/interactions/channels.js';
import { asJson } from '../shared/list-records.js';
import { minutesOf } from '../shared/minutes.js';
import { readInput } from '../shared/read-input.js';

interface Options {
  in?: boolean;
  out?: boolean;
  outcome?: string;
  minutes?: string;
  subject?: string;
  case?: string;
  deal?: string;
  campaign?: string;
  agreement?: string;
  topic?: string[];
  at?: string;
  promise?: string;
  due?: string;
  keeps?: string;
  answers?: string;
  address?: string;
  warns?: string[];
  attach?: string[];
}

export const run: Handler = async (cli, args, options) => {
  const said =
    args[0] === undefined ? await ask(cli) : await fromArguments(args as string[], options as Options);
  const input = cli.interactive && !cli.globals.yes ? await askPlaybook(cli, said) : said;
  const { interaction, promise, kept, who } = await cli.act((tools) => logInteraction(input, tools));
  const verb = cli.dryRun ? 'would log' : 'logged';
  const promised = promise
    ? `, promised: ${promise.data.what}${promise.data.due ? ` by ${promise.data.due}` : ''}`
    : '';
  const keeping = kept ? `, kept: ${kept.data.what}` : '';
  if (said.direction === 'inbound') await remind(cli, input, who?.id);
  await cli.output.outcome(
    {
      ...asJson({ ...interaction, title: '', at: null }),
      ...(promise ? { promise: asJson({ ...promise, title: '', at: null }) } : {}),
      ...(kept ? { keeps: asJson(kept) } : {}),
    },
    `${verb} ${input.channel}${who ? ` with ${who.title}` : ''}${promised}${keeping} (${interaction.ref})`,
    interaction.ref,
  );
};

async function fromArguments([channel, ...rest]: string[], options: Options): Promise<InteractionInput> {
  // A note that warns of something need not be about a person, and a review is of nobody on file: then the one word is
  // what is said.
  const needsNobody = (channel === 'note' && options.warns !== undefined) || options.answers !== undefined;
  const alone = needsNobody && rest[1] === undefined;
  const [who, text] = alone ? [undefined, rest[0]] : rest;
  if (!(channels as readonly (string | undefined)[]).includes(channel)) {
    throw new ItacaError('usage', `"${channel}" is not a channel`, {
      hint: `channels are: ${channels.join(', ')}`,
    });
  }
  if (!who && !alone)
    throw new ItacaError('usage', 'who was it?', {
      hint: `itaca log ${channel} mario@example.it "what was said"`,
    });
  if (options.in && options.out) throw new ItacaError('usage', '--in and --out exclude each other');
  if (options.due !== undefined && !options.promise) {
    throw new ItacaError('usage', '--due says when a promise is due', {
      hint: 'say what was promised with --promise "…"',
    });
  }
  const minutes = minutesOf(options.minutes);
  if (options.in && options.answers !== undefined)
    throw new ItacaError('usage', '--in and --answers exclude each other: what answers goes out');
  const isOut = options.out || options.answers !== undefined;
  const direction = options.in ? 'inbound' : isOut ? 'outbound' : undefined;
  const note = text === '-' ? (await readInput('-')).toString('utf8').trim() : text;
  return {
    channel: channel as Channel,
    ...(who ? { who } : {}),
    ...(note ? { text: note } : {}),
    ...(direction ? { direction } : {}),
    ...(minutes === undefined ? {} : { minutes }),
    ...pick(options, [
      'outcome',
      'subject',
      'case',
      'deal',
      'campaign',
      'agreement',
      'at',
      'promise',
      'due',
      'keeps',
      'answers',
      'address',
    ]),
    ...(options.topic ? { topics: options.topic } : {}),
    ...(options.warns ? { warns: options.warns } : {}),
    ...(options.attach ? { attach: options.attach } : {}),
  };
}

function pick<K extends keyof Options>(options: Options, keys: K[]): Pick<Options, K> {
  return Object.fromEntries(
    keys.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])),
  ) as Pick<Options, K>;
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
  const kase = await askCase(cli, who);
  const text = await askText('What was said');
  const promise = await askText('Promised anything? (empty: no)');
  const until = promise === '' ? '' : await askText('By when? (2026-11-24, fri, 3d; empty: no date)');
  return {
    channel,
    who,
    direction: direction as NonNullable<InteractionInput['direction']>,
    ...(kase ? { case: kase } : {}),
    ...(text ? { text } : {}),
    ...(promise ? { promise } : {}),
    ...(until ? { due: until } : {}),
  };
}

/** Which of the open cases of somebody it belongs to, where he has any. */
async function askCase(cli: Cli, who: string): Promise<string | undefined> {
  const cases = await openCasesOf(who, await cli.workspace());
  if (cases.length === 0) return undefined;
  const { askChoice } = await import('../../cli/prompts.js');
  const none = 'none of them';
  const named = cases.map(({ id, data }) => `${printable(data.title)} (${id})`);
  const chosen = await askChoice('Which case', [...named, none]);
  return cases[named.indexOf(chosen)]?.id;
}

/** Asks what the playbook of the case asks and nobody has asked yet; the answers are added to what was said. */
async function askPlaybook(cli: Cli, input: InteractionInput): Promise<InteractionInput> {
  if (input.case === undefined || input.direction !== 'inbound') return input;
  const [{ askText }, { questionsLeft }] = await Promise.all([
    import('../../cli/prompts.js'),
    import('../../actions/cases/questions.js'),
  ]);
  const answers: { question: string; answer: string }[] = [];
  for (const question of await questionsLeft(input.case, await cli.workspace())) {
    const answer = await askText(printable(question));
    if (answer !== '') answers.push({ question, answer });
  }
  if (answers.length === 0) return input;
  return { ...input, text: [input.text, answeredNote(answers)].filter(Boolean).join('\n\n') };
}

/** What came in and belongs to a case that is done, or perhaps to one that is open, is pointed out. */
async function remind(cli: Cli, input: InteractionInput, who: string | undefined): Promise<void> {
  if (input.case === undefined) {
    const [open] =
      who === undefined || !cli.io.errIsTerminal ? [] : await openCasesOf(who, await cli.workspace());
    if (open)
      cli.note(
        `open: ${open.data.title} (${open.id}); if it belongs there: itaca case link ${open.id} <this>`,
      );
    return;
  }
  const done = await doneCase(input.case, await cli.workspace());
  if (done)
    cli.warn(
      `the case is ${done.data.state}; if it is not solved after all: itaca case reopen ${done.id} --why "…"`,
    );
}
