import type { Cli } from '../../cli/context.js';
import type { Column } from '../../cli/output.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Row } from './columns.js';

/**
 * A record as `--json` gives it: all its keys plus id, kind, ref, path and note. A key of its own by such a name, as an
 * agreement's `kind`, is given with the record's kind before it: `agreement_kind`.
 */
export function asJson({ id, kind, ref, path, data, note }: StoredRecord): Row {
  const named: Row = { id, kind, ref, path };
  const own = Object.entries(data).map(([key, value]) => [
    key in named || key === 'note' ? `${kind}_${key}` : key,
    value,
  ]);
  return { ...named, ...Object.fromEntries(own), note };
}

/** Lists records of a kind that a query selects. */
export async function listRecords(
  cli: Cli,
  kind: Kind,
  words: readonly string[],
  columns: Column<Row>[],
  order: 'title' | 'moment' = 'title',
): Promise<void> {
  const query = await cli.query(words);
  const index = await (await cli.workspace()).index();
  const records = index.list({ kinds: [kind], query, order });
  await cli.warnOfProblems();
  await cli.output.list(records.map(asJson), columns, `no ${kind} matches`);
}
