import type { OutboxRow } from '../../actions/outbox/list-outbox.js';
import type { Column } from '../../cli/output.js';
import { shortTime } from '../shared/columns.js';

export const outboxColumns: Column<OutboxRow>[] = [
  { key: 'since', style: 'cyan', show: ({ since }) => shortTime(since) },
  { key: 'to', style: 'bold', flex: true },
  { key: 'subject', flex: true },
  { key: 'from', flex: true, optional: true },
  { key: 'state', style: 'yellow' },
  { key: 'why', flex: true },
  { key: 'message_id', hidden: true },
  { key: 'campaign', hidden: true },
  { key: 'path', hidden: true },
];
