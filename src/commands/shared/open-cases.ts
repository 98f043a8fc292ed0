import type { Cli } from '../../cli/context.js';
import { plain } from '../../cli/output.js';
import type { StoredRecord } from '../../workspace/records.js';
import { shortTime } from './columns.js';

/** An open case in a line: `open complaint since 2026-11-12 09:30: Lamps cracked (k3f9w2q8ab)`. */
export function openCaseLine({ title, data, id }: Pick<StoredRecord, 'title' | 'data' | 'id'>): string {
  return `open ${plain(data.type) || 'case'} since ${shortTime(data.opened_at)}: ${title} (${id})`;
}

/** Warns whoever sells of what the customer waits for. */
export function tellOpenCases(cli: Cli, cases: readonly StoredRecord[]): void {
  for (const kase of cases) cli.warn(`the customer has an ${openCaseLine(kase)}`);
}
