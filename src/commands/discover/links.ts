import { discoverLinks } from '../../actions/discover/find-links.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { Link } from '../../domain/discovery/link.js';
import type { Row } from '../shared/columns.js';

const shownMembers = 4;

const columns: Column<Row>[] = ['strength', 'kind', 'a', 'b', 'evidence', 'suggestion'].map((key) => ({
  key,
}));

export const run: Handler = async (cli, _args, options) => {
  const { kind } = options as { kind?: string };
  const links = await discoverLinks(await cli.workspace());
  await cli.warnOfProblems();
  const wanted = links.filter(
    ({ evidence }) => kind === undefined || evidence.some((one) => one.kind === kind),
  );
  const { output, io, globals } = cli;
  const isPlain = output.json || globals.csv || globals.fields !== undefined || !io.outIsTerminal;
  if (isPlain || wanted.length === 0)
    return output.list(wanted.map(asRow), columns, 'nothing belongs together that is not linked');
  await output.page(wanted.map((link) => shown(cli, link)).join('\n\n'));
};

/** A link for people: who, why, and what to type. */
function shown({ io: { color } }: Cli, { kind, strength, members, evidence, suggestion }: Link): string {
  const names = members.slice(0, shownMembers).map(({ name }) => color.bold(printable(name)));
  const more = members.length - names.length;
  return [
    `${strength.toFixed(2)}  ${color.yellow(kind.replaceAll('_', ' '))}  ${names.join(' – ')}${more > 0 ? ` and ${more} more` : ''}`,
    ...evidence.map(({ what, records }) => `      ${printable(what)} ${color.dim(`(${records} records)`)}`),
    `      ${color.cyan(printable(suggestion))}`,
  ].join('\n');
}

function asRow({ kind, strength, members, evidence, suggestion }: Link): Row {
  const [a, b] = members;
  return {
    kind,
    strength,
    a: a?.ref,
    b: b?.ref,
    a_name: a?.name,
    b_name: b?.name,
    ...(members.length > 2 ? { members: members.map(({ ref }) => ref) } : {}),
    evidence,
    suggestion,
  };
}
