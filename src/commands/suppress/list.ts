import type { Handler } from '../../cli/spec.js';
import { shortTime } from '../shared/columns.js';
import { listRecords } from '../shared/list-records.js';

export const run: Handler = (cli, [words]) =>
  listRecords(cli, 'suppression', words as string[], [
    { key: 'address', style: 'bold' },
    { key: 'domain', style: 'bold' },
    { key: 'scope', show: (row) => String(row.scope ?? 'all') },
    { key: 'reason', style: 'yellow' },
    { key: 'at', show: (row) => shortTime(row.at) },
    { key: 'by' },
    { key: 'id', style: 'dim' },
  ]);
