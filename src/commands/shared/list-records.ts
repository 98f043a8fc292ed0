import type { Cli } from '../../cli/context.js';
import type { Column } from '../../cli/output.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Row } from './columns.js';

/** A record as `--json` gives it: all its keys plus id, kind, path and note. */
export function asJson({ id, kind, ref, path, data, note }: StoredRecord): Row {
  return { id, kind, ref, path, ...data, note };
}

/** Lists records of a kind that a query selects. */
export async function listRecords(
  cli: Cli,
  kind: Kind,
  words: readonly string[],
  columns: Column<Row>[],
  order: 'title' | 'moment' = 'title',
): Promise<void> {
  const index = await (await cli.workspace()).index();
  const records = index.list({ kinds: [kind], query: queryOf(words), order });
  await cli.warnOfProblems();
  await cli.output.list(records.map(asJson), columns, `no ${kind} matches`);
}

/**
 * The query that command-line words make. A word that the shell took out of quotes, `ACME srl`, stays one.
 */
export function queryOf(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  return words.length === 1
    ? words[0]
    : words.map((word) => (/\s/.test(word) && !/[:"()]/.test(word) ? `"${word}"` : word)).join(' ');
}
