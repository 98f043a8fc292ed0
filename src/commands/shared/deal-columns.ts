import type { Column } from '../../cli/output.js';
import { moneyOf } from '../../domain/money/sum.js';
import { moneyText, type Row, stem } from './columns.js';

/** Columns of deal lists. */
export const dealColumns: Column<Row>[] = [
  { key: 'id', style: 'cyan' },
  { key: 'title', style: 'bold', flex: true },
  { key: 'stage', style: 'yellow' },
  { key: 'value', show: (row) => moneyText(moneyOf(row.value)) },
  { key: 'expected_close', title: 'closes', show: closes },
  { key: 'days', title: 'in stage', show: (row) => (row.days === null ? '' : `${row.days} d`) },
  {
    key: 'contact',
    title: 'customer',
    flex: true,
    show: (row) => String(row.company_name ?? row.contact_name ?? stem(row.contact)),
  },
  { key: 'owner', show: (row) => String(row.owner ?? '–') },
];

function closes({ expected_close: day, overdue }: Row): string {
  return `${day ?? ''}${overdue ? ' LATE' : ''}`;
}
