import { type Answer, type Resolved, resolveDoubts } from '../../actions/campaign/resolve-doubts.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { type Row, shortTime } from '../shared/columns.js';

interface Options {
  /** True where no address follows. */
  sent?: string[] | true;
  notSent?: string[] | true;
  all?: boolean;
  why?: string;
}

export const run: Handler = async (cli, [which], given) => {
  const options = given as Options;
  const tools = await cli.tools();
  const resolved = await resolveDoubts(which as string, answerOf(options), cli.env, tools);
  if (cli.output.json && cli.globals.fields === undefined) await cli.output.thing(resolved);
  else if (options.sent === undefined && options.notSent === undefined) {
    await cli.output.list(
      resolved.messages as unknown as Row[],
      [
        { key: 'address', style: 'bold', flex: true },
        { key: 'name', flex: true },
        { key: 'at', style: 'cyan', show: (row) => shortTime(row.at) },
        { key: 'said', flex: true, show: (row) => String(row.said ?? 'the send was cut off') },
        { key: 'held', show: (row) => heldWords(row) },
        { key: 'evidence', flex: true, show: (row) => evidenceWords(row as unknown as Message) },
        { key: 'suggests', style: 'green' },
        { key: 'message_id', hidden: true },
      ],
      'nothing is in doubt',
    );
  } else await cli.output.outcome(resolved, sentence(resolved, cli.dryRun));
};

type Message = Resolved['messages'][number];

function heldWords({ held, transport }: Row): string {
  return held === null ? '' : `${held ? 'in' : 'not in'} the ${transport}`;
}

function evidenceWords({ evidence }: Message): string {
  return evidence.map(({ what, ref }) => `${what.replaceAll('_', ' ')} (${ref})`).join(', ');
}

function sentence({ sent, not_sent, unknown }: Resolved, dry: boolean): string {
  const lines = [`${dry ? 'would be put down' : 'put down'}: ${sent} as sent, ${not_sent} as not sent`];
  if (not_sent > 0)
    lines.push('nothing was sent again; the next campaign send tries those that did not leave');
  return [...lines, `${unknown} in doubt`].join('\n');
}

function answerOf({ sent, notSent, all, why }: Options): Answer {
  const refuse = (message: string): never => {
    throw new ItacaError('usage', message, {
      hint: 'itaca campaign resolve "Spring news" --sent mario@example.it --why "he answered"',
    });
  };
  const both = sent !== undefined && notSent !== undefined;
  if (all && (both || (sent ?? notSent) !== true))
    refuse('--all goes with either --sent or --not-sent, and with no address');
  if (!all && (sent === true || notSent === true)) refuse('name addresses, or add --all');
  if (why !== undefined && sent === undefined && notSent === undefined)
    refuse('--why goes with --sent or --not-sent');
  const of = (given: Options['sent']) => (given === true ? 'all' : (given ?? []));
  return { sent: of(sent), notSent: of(notSent), ...(why === undefined ? {} : { why }) };
}
