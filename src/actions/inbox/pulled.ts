import type { MessageState } from '../../domain/inbox/book.js';
import type { Intent, MailKind } from '../../domain/inbox/classification.js';
import type { ReportedBounce } from '../../domain/inbox/ledger.js';
import type { ReadMessage } from './read-message.js';

/** What a pull made, or would make, of one message, in the keys of `--json`. */
export interface PulledMessage {
  id: string;
  source: string;
  file: string;
  place: string;
  message_id: string | null;
  received_at: string;
  from: string | null;
  subject: string;
  kind: MailKind;
  bounces: ReportedBounce[];
  /** Of a person. */
  intent: Intent | null;
  /** References. */
  contact: string | null;
  case: string | null;
  campaign: string | null;
  /** Whether the case is opened by it. */
  opens_case: boolean;
  /** Without quotes and signature. */
  text: string;
  /** From 0 to 1. */
  confidence: number;
  why: string;
  state: MessageState;
  /** Whether it was on file before. */
  again: boolean;
}

/** What is known of a message before anybody was asked whose it is. */
export function pulledOf({
  id,
  source,
  file,
  place,
  message,
  receivedAt,
  classification,
  text,
}: ReadMessage): PulledMessage {
  const [from] = message.from;
  return {
    id,
    source: source.name,
    file,
    place,
    message_id: message.messageId ?? null,
    received_at: receivedAt,
    from: from?.address ?? null,
    subject: message.subject,
    kind: classification.kind,
    bounces: classification.bounces.map(({ recipient, hard, status, reason }) => ({
      recipient,
      hard,
      status,
      reason,
    })),
    intent: null,
    contact: null,
    case: null,
    campaign: null,
    opens_case: false,
    text,
    confidence: classification.confidence,
    why: classification.why,
    state: 'waiting',
    again: false,
  };
}
