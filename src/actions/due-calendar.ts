import { type IcsEvent, writeIcs } from '../domain/calendars/ics-writer.js';
import { endOf } from '../domain/time/clock.js';
import type { Workspace } from '../workspace/workspace.js';
import type { DueRow } from './list-due.js';

/** What is due as an iCalendar file. */
export function dueCalendar(rows: readonly DueRow[], workspace: Workspace): string {
  return writeIcs(dueEvents(rows, workspace), workspace.clock.now());
}

/** An event for each row, the same one for the same thing in every file. */
export function dueEvents(rows: readonly DueRow[], { clock, config }: Workspace): IcsEvent[] {
  const times = new Map<string, number>();
  const dated = rows.filter(({ due }) => endOf(due, clock.timeZone) !== undefined);
  return dated.map((row): IcsEvent => {
    // A case that was handed to two people is due twice.
    const name = [row.kind, row.ref, ...(row.kind === 'hand_over' ? [row.by] : [])].join('-');
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return {
      uid: `${name}${time > 1 ? `-${time}` : ''}@${config.id}.itaca`,
      start: /^\d{4}-\d{2}-\d{2}$/.test(row.due) ? row.due : Date.parse(row.due),
      summary: `${row.overdue ? 'LATE: ' : ''}${row.what}${row.for ? ` (${row.for})` : ''}`,
      description: [
        `kind: ${row.kind.replaceAll('_', ' ')}`,
        `for: ${row.for ?? '–'}`,
        `by: ${row.by ?? '–'}`,
        ...(row.office ? [`office: ${row.office}`] : []),
        `itaca show ${row.ref}`,
      ].join('\n'),
    };
  });
}
