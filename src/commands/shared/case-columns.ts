import type { Column } from '../../cli/output.js';
import { type Row, shortTime, stem } from './columns.js';

/** Columns of case lists and of the report of open cases. */
export const caseColumns: Column<Row>[] = [
  { key: 'id', style: 'cyan' },
  { key: 'age_hours', title: 'age', show: (row) => age(Number(row.age_hours)) },
  { key: 'overdue', title: '', show: late, style: 'red' },
  { key: 'title', style: 'bold', flex: true },
  { key: 'type', optional: true },
  { key: 'state', style: 'yellow' },
  {
    key: 'contact',
    title: 'customer',
    flex: true,
    show: (row) => String(row.contact_name ?? stem(row.contact)),
  },
  { key: 'owner', show: (row) => String(row.owner ?? '–') },
  { key: 'opened_at', title: 'opened', show: (row) => shortTime(row.opened_at), hidden: true },
  { key: 'due_at', title: 'due', optional: true, show: (row) => shortTime(row.due_at) },
];

/** Whether it is late, and to which level it was raised: `LATE L2`. */
function late({ overdue, level }: Row): string {
  return [overdue ? 'LATE' : '', level ? `L${String(level)}` : ''].filter(Boolean).join(' ');
}

/** Hours as people say them: `5 h`, `12 d`. */
export function age(hours: number): string {
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} d`;
}
