import { openCsv, rowsOf } from '../../csv/open-csv.js';
import { probabilityOf } from '../../domain/dedupe/linkage/odds.js';
import { rowFacts } from '../../domain/dedupe/records/facts.js';
import { tableOf } from '../../domain/dedupe/records/facts-table.js';
import { knownNames, recogniseColumns } from '../../domain/lists/columns.js';
import type { Workspace } from '../../workspace/workspace.js';
import { linkInThreads } from './link-in-threads.js';
import { type LinkedKind, readFacts } from './read-facts.js';

/** Whether a row of a list is on file. */
export interface LinkedRow {
  /** On which it begins, 1-based. */
  line: number;
  /** `on_file`, `ask` where a person should look, or `new`. */
  status: 'on_file' | 'ask' | 'new';
  /** The record that it is, or may be. */
  ref?: string;
  name?: string;
  /** 0 to 1. */
  probability?: number;
}

export interface LinkedList {
  rows: number;
  on_file: number;
  ask: number;
  new: number;
  records: number;
  candidates: number;
  linked: LinkedRow[];
}

/**
 * Tells which rows of a list are on file already. A record is at most one row of the list: a second row that looks like
 * it is one to ask about.
 * @param path of the list, for messages
 * @throws ItacaError `invalid` for what is no list of people or firms
 */
export async function linkList(
  workspace: Workspace,
  kind: LinkedKind,
  input: Uint8Array,
  path: string,
): Promise<LinkedList> {
  const file = openCsv(input, { known: knownNames, path });
  const columns = recogniseColumns(
    file.header,
    file.sample.map(({ cells }) => cells),
    path,
  );
  const rows = [...rowsOf(file)].filter(({ cells }) => cells.some((cell) => cell !== ''));
  const factsOf = rowFacts(kind, columns);
  const { members, facts } = readFacts(await workspace.index(), kind);
  const first = members.length;
  const table = tableOf(
    kind,
    facts,
    rows.map(({ cells }) => factsOf(cells)),
    workspace.country,
  );
  const { model, clusters, asks, candidates } = await linkInThreads(table);
  const likeliest = new Map<number, { record: number; weight: number }>();
  for (const { a, b, weight } of asks) if (!likeliest.has(b)) likeliest.set(b, { record: a, weight });
  const linked = rows.map(({ line }, i): LinkedRow => {
    const row = first + i;
    const cluster = clusters[row] as number;
    const told = (status: LinkedRow['status'], record: number, weight: number): LinkedRow => ({
      line,
      status,
      ref: members[record]?.ref as string,
      name: members[record]?.name as string,
      probability: probabilityOf(weight),
    });
    if (cluster < first) return told('on_file', cluster, model.weigh(cluster, row) + model.prior);
    const near = likeliest.get(row);
    return near ? told('ask', near.record, near.weight) : { line, status: 'new' };
  });
  const count = (wanted: LinkedRow['status']) => linked.filter(({ status }) => status === wanted).length;
  return {
    rows: rows.length,
    on_file: count('on_file'),
    ask: count('ask'),
    new: count('new'),
    records: first,
    candidates,
    linked,
  };
}
