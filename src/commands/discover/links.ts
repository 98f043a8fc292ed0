import { discoverLinks } from '../../actions/discover/find-links.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { Evidence, Link } from '../../domain/discovery/link.js';
import type { Row } from '../shared/columns.js';

const columns: Column<Row>[] = [
  { key: 'strength', show: (row) => Number(row.strength).toFixed(2) },
  { key: 'kind', style: 'yellow', show: (row) => String(row.kind).replaceAll('_', ' ') },
  { key: 'a', style: 'bold', flex: true, show: (row) => String(row.a_name) },
  { key: 'b', style: 'bold', flex: true, show: (row) => `${row.b_name}${more(row)}` },
  {
    key: 'evidence',
    flex: true,
    show: (row) => (row.evidence as Evidence[]).map(({ what }) => what).join('; '),
  },
  { key: 'suggestion', style: 'cyan' },
];

export const run: Handler = async (cli, _args, options) => {
  const { kind } = options as { kind?: string };
  const links = await discoverLinks(await cli.workspace());
  await cli.warnOfProblems();
  await cli.output.list(
    links
      .filter(({ evidence }) => kind === undefined || evidence.some((one) => one.kind === kind))
      .map(asRow),
    columns,
    'nothing was found that belongs together and is not linked',
  );
};

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

/** How many there are beside the two. */
function more({ members }: Row): string {
  return Array.isArray(members) ? ` and ${members.length - 2} more` : '';
}
