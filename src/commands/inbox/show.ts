import { type ShownMessage, showMessage } from '../../actions/inbox/show-message.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [which]) => {
  const message = await showMessage(String(which), await cli.workspace());
  await cli.output.thing(message, textOf(message, cli));
};

function textOf(message: ShownMessage, { io }: Cli): string {
  const { color } = io;
  const { intent, kind, state, decided_by, decided_at, confidence, records } = message;
  const fields: [string, string][] = [
    ['from', message.from ?? ''],
    ['to', message.to.join(', ')],
    ['cc', message.cc.join(', ')],
    ['subject', message.subject],
    ['received', `${message.received_at} (${message.source}, ${message.channel})`],
    ['kind', [kind, intent].filter(Boolean).join(', ')],
    ['sure', `${Math.round(confidence * 100)} %`],
    ['why', message.why],
    ['contact', message.contact ?? message.candidates.map((one) => `perhaps ${one}`).join(', ')],
    ['case', message.case ?? ''],
    ['campaign', message.campaign ?? ''],
    ['state', [state, decided_by && `by ${decided_by}`, decided_at].filter(Boolean).join(' ')],
    ['filed in', records.join(', ')],
    ['files', message.files.map(({ path }) => path).join(', ')],
    ['kept in', message.path],
  ];
  const head = fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${color.dim(name.padEnd(9))} ${printable(value)}`);
  return [...head, '', printable(message.whole_text, true)].join('\n');
}
