import type { ListContext } from './list-context.js';
import type { OptOut } from './opt-out.js';
import type { Row } from './row.js';
import { emailsOf } from './row-values.js';

/** One row of a list of people whom nobody is to write to any more. */
export interface RowSuppression extends OptOut {
  /** Canonical. */
  address: string;
  note?: string;
  problems: string[];
}

/** One row as a suppression, or why there is none. */
export function suppressionFromRow(
  row: Row,
  context: ListContext,
  reason: OptOut['reason'],
): RowSuppression | { refused: string } {
  const problems: string[] = [];
  const { canonical } = emailsOf(row, problems);
  if (canonical === undefined) return { refused: problems[0] ?? 'the row has no e-mail address' };
  const written = row.one('at');
  const at = written === undefined ? undefined : context.dates(written);
  if (written !== undefined && at === undefined)
    problems.push(`${JSON.stringify(written.slice(0, 200))} is not a date that can be read in one way only`);
  const note = [...row.all('notes')].map(({ text }) => text).join('\n');
  return {
    address: canonical,
    reason,
    ...(at === undefined ? {} : { at }),
    ...(note === '' ? {} : { note }),
    problems,
  };
}
