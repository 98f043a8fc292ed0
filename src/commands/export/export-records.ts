import { selectedRecords } from '../../actions/export/record-pages.js';
import type { Cli } from '../../cli/context.js';
import { ItacaError } from '../../domain/error.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import { handOut, type Outgoing, refusePlace } from './hand-out.js';

/** What an export is made of. */
export interface Source {
  index: Index;
  /** The records; they may be walked several times. */
  records: () => Iterable<StoredRecord>;
}

/**
 * Exports the records that a query selects, people where it names no kind.
 * @param make makes the export of records; with `--to` it gets only those, and that of them, which consent covers
 */
export async function exportRecords(
  cli: Cli,
  format: string,
  words: readonly string[],
  options: Record<string, unknown>,
  make: (source: Source) => Outgoing,
): Promise<void> {
  const { out, to, purpose, leaveOut } = options as {
    out?: string;
    to?: string;
    purpose?: string;
    leaveOut?: boolean;
  };
  if (to === undefined && (purpose !== undefined || leaveOut))
    throw new ItacaError('usage', '--purpose and --leave-out go with --to', {
      hint: 'name the third party with --to',
    });
  refusePlace(cli, out);
  const query = await cli.query(words);
  const index = await (await cli.workspace()).index();
  const source = { index, records: () => selectedRecords(index, query) };
  if (to === undefined) return handOut(cli, format, out, make(source));
  const { exportToThirdParty } = await import('./third-party.js');
  await exportToThirdParty(cli, format, query, { out, to, purpose, leaveOut }, make);
}
