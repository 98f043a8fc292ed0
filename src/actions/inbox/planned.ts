import type { InboxDraft } from '../../domain/inbox/ledger.js';
import type { Change } from '../../workspace/records.js';
import type { PulledMessage } from './pulled.js';

/** What a message leads to. */
export interface PlannedMessage {
  changes: Change[];
  drafts: InboxDraft[];
  outcome: PulledMessage;
}

/** Puts down that a message is filed, in these records, or dismissed, and why. */
export type Decide = (event: 'filed' | 'dismissed', records: readonly string[], why: string) => void;
