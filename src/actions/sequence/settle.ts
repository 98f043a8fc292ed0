import type { Transport } from '../../mail/transport.js';
import type { Claims } from '../campaign/claims.js';
import { evidenceOf } from '../evidence.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';

/** A message that was about to leave when a run was cut off, and of which nothing proves what became of it. */
export interface Doubt {
  step: string;
  /** Reference of the contact. */
  contact: string;
  why: string;
}

/**
 * Writes down what became of messages that a run which was cut off was about to send: what the transport proves, or that it
 * is in doubt. One in doubt is never sent again; one that never left is sent by a later run.
 * @returns those in doubt, which are told of this once
 */
export async function settleCutOff(
  journal: Claims['journal'],
  transport: Transport,
  tools: Tools,
): Promise<Doubt[]> {
  const evidence = evidenceOf(transport, journal.ledger);
  const doubts: Doubt[] = [];
  for (const { state, intent, outcome } of [...journal.ledger.records()]) {
    if (state !== 'unknown' || outcome !== undefined) continue;
    const { id, message_id, address, contact, step = '' } = intent;
    const found = await evidence(intent);
    const reply = found?.reply ?? 'it was about to leave when the run was cut off';
    if (!found) doubts.push({ step, contact, why: reply });
    const line = {
      event: found?.state ?? ('unknown' as const),
      at: nowIso(tools),
      intent: id,
      message_id,
      address,
    };
    await journal.conclude([{ ...line, reply }]);
  }
  return doubts;
}
