import type { Cli } from '../../cli/context.js';
import type { Column } from '../../cli/output.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { ownKeys } from '../../domain/records/own-keys.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Row } from './columns.js';

/** A record as `--json` gives it: all its keys (see `ownKeys`) plus id, kind, ref, path and note. */
export function asJson({ id, kind, ref, path, data, note }: StoredRecord): Row {
  return { id, kind, ref, path, ...ownKeys(kind, data), note };
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
