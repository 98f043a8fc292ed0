import { viewAgreement } from '../../actions/agreements/agreement-view.js';
import type { Column } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { Agreement } from '../../domain/agreements/agreement.js';
import { type Progress, progressText } from '../../domain/agreements/commitment.js';
import type { StoredRecord } from '../../workspace/records.js';
import { idColumn, type Row, shortTime } from '../shared/columns.js';
import { asJson } from '../shared/list-records.js';

const ended = new Set<unknown>(['terminated', 'expired']);

const columns: Column<Row>[] = [
  idColumn,
  { key: 'number', style: 'bold' },
  { key: 'party', title: 'who', flex: true },
  { key: 'state', style: 'yellow', show: (row) => String(row.state).replaceAll('_', ' ') },
];

const standing: Column<Row>[] = [
  { key: 'end', show: (row) => String(row.ends_on ?? row.end ?? '') },
  { key: 'last_notice', title: 'notice by', optional: true },
  {
    key: 'progress',
    title: 'commitment',
    flex: true,
    show: (row) => (row.progress ? progressText(row.progress as Progress) : ''),
  },
];

const waiting: Column<Row>[] = [
  { key: 'requested_at', title: 'asked', show: (row) => shortTime(row.requested_at) },
  { key: 'waiting_days', title: 'days', style: 'red' },
  { key: 'ends_on', title: 'ends' },
];

export const run: Handler = async (cli, [words], options) => {
  const { unconfirmed, all } = options as { unconfirmed?: boolean; all?: boolean };
  const query = await cli.query(words as string[]);
  const workspace = await cli.workspace();
  const index = await workspace.index();
  const agreements = index.list({ kinds: ['agreement'], query, order: 'title' });
  const rows = (agreements as unknown as StoredRecord<Agreement>[])
    .filter(({ data }) => all || unconfirmed || query !== undefined || !ended.has(data.state))
    .map(
      (one): Row => ({
        ...asJson(one as unknown as StoredRecord),
        ...viewAgreement(one, index, workspace),
      }),
    )
    .filter((row) => !unconfirmed || row.unconfirmed === true);
  if (unconfirmed)
    rows.sort(
      (a, b) =>
        Date.parse(String(a.requested_at ?? '1970-01-01')) -
        Date.parse(String(b.requested_at ?? '1970-01-01')),
    );
  await cli.warnOfProblems();
  await cli.output.list(
    rows,
    [...columns, ...(unconfirmed ? waiting : standing)],
    unconfirmed ? 'every end that was asked for is confirmed in writing' : 'no agreement matches',
  );
};
