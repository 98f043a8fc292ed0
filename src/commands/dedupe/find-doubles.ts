import { type Duplicates, findDuplicates, type LikelyPair } from '../../actions/linkage/find-duplicates.js';
import { linkList } from '../../actions/linkage/link-list.js';
import type { LinkedKind, Member } from '../../actions/linkage/read-facts.js';
import type { Cli } from '../../cli/context.js';
import type { Column } from '../../cli/output.js';
import { roundProbability } from '../../domain/dedupe/linkage/odds.js';
import { ItacaError } from '../../domain/error.js';
import { readInput } from '../shared/read-input.js';
import { stages } from './stages.js';

interface Row {
  zone: 'same' | 'ask';
  /** Number of the group or pair, from 1. */
  group: number;
  probability: number;
  ref: string;
  name: string;
}

const probability = { key: 'probability', show: (row: object) => percent(row as Row) };

const columns: Column<Row>[] = [
  { key: 'zone' },
  { key: 'group', style: 'dim' },
  probability,
  { key: 'name', flex: true },
  { key: 'ref', style: 'cyan' },
];

const linkColumns: Column<object>[] = [
  { key: 'line' },
  { key: 'status' },
  probability,
  { key: 'name', flex: true },
  { key: 'ref', style: 'cyan' },
];

/** Shows the doubles among the records of a kind, or with `--link` which rows of a list are on file. */
export async function findDoubles(
  cli: Cli,
  kind: LinkedKind,
  options: Record<string, unknown>,
): Promise<void> {
  const limit = limitOf(options.limit);
  const workspace = await cli.workspace();
  if (typeof options.link === 'string') {
    const input = await readInput(options.link);
    const { linked, ...counts } = await linkList(workspace, kind, input, options.link);
    await cli.warnOfProblems();
    const rows = linked.slice(0, limit).map((row) => ({ ...row, ...rounded(row) }));
    if (cli.output.json) return cli.output.thing({ ...counts, linked: rows });
    await cli.output.list(rows, linkColumns, 'the list is empty');
    return cli.note(
      `${counts.rows} rows = ${counts.on_file} on file + ${counts.ask} to look at + ${counts.new} new`,
    );
  }
  const all = await findDuplicates(workspace, kind, stages(cli));
  await cli.warnOfProblems();
  if (cli.output.json) return cli.output.thing(asJson(all, limit));
  await cli.output.list(rowsOf(all, limit), columns, 'nobody is on file twice');
  cli.note(
    `${all.records} records: ${all.groups.length} ${all.groups.length === 1 ? 'group' : 'groups'} of the same, ${all.ask.length} ${all.ask.length === 1 ? 'pair' : 'pairs'} to look at${all.ask.length > 0 ? `: itaca dedupe review${kind === 'company' ? ' --companies' : ''}` : ''}`,
  );
}

function asJson(
  { records, candidates, groups, ask, left_uncompared }: Duplicates,
  limit: number | undefined,
) {
  return {
    records,
    candidates,
    /** All that were found, whatever the limit. */
    found: { groups: groups.length, ask: ask.length },
    groups: groups.slice(0, limit).map((group) => ({
      refs: group.members.map(({ ref }) => ref),
      ...rounded(group),
    })),
    ask: ask.slice(0, limit).map((pair) => ({
      a: pair.a.ref,
      b: pair.b.ref,
      ...rounded(pair),
      ...(pair.contested ? { contested: true } : {}),
    })),
    left_uncompared,
  };
}

function rowsOf({ groups, ask }: Duplicates, limit: number | undefined): Row[] {
  const told = (zone: Row['zone'], i: number, found: { probability: number }, members: Member[]): Row[] =>
    members.map(({ ref, name }) => ({
      zone,
      group: i + 1,
      probability: roundProbability(found.probability),
      ref,
      name,
    }));
  return [
    ...groups.slice(0, limit).flatMap((group, i) => told('same', i, group, group.members)),
    ...ask.slice(0, limit).flatMap((pair: LikelyPair, i) => told('ask', i, pair, [pair.a, pair.b])),
  ];
}

function limitOf(limit: unknown): number | undefined {
  if (limit === undefined) return undefined;
  if (/^\d+$/.test(String(limit))) return Number(limit);
  throw new ItacaError('usage', `--limit takes a number, not "${limit}"`);
}

function rounded({ probability: likely }: { probability?: number }): { probability?: number } {
  return likely === undefined ? {} : { probability: roundProbability(likely) };
}

function percent({ probability: likely }: { probability?: number }): string {
  return likely === undefined ? '' : `${Math.min(99.9, likely * 100).toFixed(1)} %`;
}
