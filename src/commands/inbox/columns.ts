import type { InboxRow } from '../../actions/inbox/list-inbox.js';
import type { PulledMessage } from '../../actions/inbox/pulled.js';
import type { Column } from '../../cli/output.js';
import { shortTime } from '../shared/columns.js';

export const pulledColumns: Column<PulledMessage>[] = [
  { key: 'received_at', title: 'received', style: 'cyan', show: ({ received_at }) => shortTime(received_at) },
  { key: 'kind', style: 'bold' },
  { key: 'intent', style: 'yellow' },
  { key: 'state' },
  { key: 'from', flex: true },
  { key: 'subject', flex: true },
  { key: 'contact', flex: true, optional: true },
  { key: 'why', flex: true, optional: true },
  ...(['file', 'place', 'message_id', 'case', 'campaign', 'confidence', 'text', 'id'] as const).map(
    (key) => ({
      key,
      hidden: true,
    }),
  ),
];

export const inboxColumns: Column<InboxRow>[] = [
  { key: 'id', style: 'dim' },
  { key: 'received_at', title: 'received', style: 'cyan', show: ({ received_at }) => shortTime(received_at) },
  { key: 'overdue', title: 'late', style: 'red', show: ({ overdue }) => (overdue ? 'late' : '') },
  { key: 'kind' },
  { key: 'intent', style: 'yellow' },
  { key: 'from', style: 'bold', flex: true },
  { key: 'subject', flex: true },
  { key: 'why', flex: true, optional: true },
  ...(
    ['source', 'channel', 'state', 'due', 'owner', 'office', 'by', 'records', 'path', 'message_id'] as const
  ).map((key) => ({
    key,
    hidden: true,
  })),
];
