import { readAbuseReport } from './abuse-report.js';
import { readAutoReply } from './auto-reply.js';
import { readBounce } from './bounce/read-bounce.js';
import { readBulk } from './bulk.js';
import { readCertifiedReceipt } from './certified-mail.js';
import { readChallenge } from './challenge.js';
import type { Classification } from './classification.js';
import type { InboundMessage } from './message.js';
import { readUnsubscribe } from './unsubscribe-mail.js';

/** Asked in turn; a message is what the first says that knows it. */
const readers: readonly ((message: InboundMessage) => Classification | undefined)[] = [
  // Both may hold a returned message and words of failure: what is theirs alone is asked before.
  readCertifiedReceipt,
  readAbuseReport,
  readUnsubscribe,
  readMailboxAnswer,
  readBounce,
  readChallenge,
  readAutoReply,
  readBulk,
];

/**
 * What a message is by its form: of a machine, to many, or else a person's. The wishes of a person in words are not looked
 * at. Never throws, and takes a time that grows with the length of the message alone.
 */
export function classifyMessage(message: InboundMessage): Classification {
  for (const read of readers) {
    const found = read(message);
    if (found) return found;
  }
  return { kind: 'person', bounces: [], confidence: 0.9, why: 'nothing in it is of a machine or to many' };
}

/** A mailbox's own answer (a notice of reading or of refusal, RFC 8098) is none of delivery, though it may say "rejected". */
function readMailboxAnswer(message: InboundMessage): Classification | undefined {
  return message.disposition === undefined ? undefined : readAutoReply(message);
}
