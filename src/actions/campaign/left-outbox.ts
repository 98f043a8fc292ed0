import { join } from 'node:path';
import type { SendRecord } from '../../domain/sending/ledger.js';
import { readJournals } from '../../workspace/journal.js';
import type { Workspace } from '../../workspace/workspace.js';
import { flushesFolder } from '../outbox/waiting.js';

/**
 * Tells what became of a message when it left the workspace: what was put into the outbox leaves by the flush that sends it
 * on, and what no flush sent lies there still. Where nothing is flushed, for no mail server is named and none ever was
 * used, another program takes the outbox: then entering it is leaving.
 * @returns for a record of a send that of its leaving; undefined where it has not left
 * @throws ItacaError `invalid` with path and line where a journal of flushes cannot be read
 */
export async function leavingOf(
  workspace: Workspace,
): Promise<(record: SendRecord) => SendRecord | undefined> {
  const { ledger } = await readJournals(join(workspace.root, flushesFolder));
  const flushed = new Map([...ledger.records()].map((record) => [record.intent.message_id, record]));
  const isFlushed = workspace.config.mail?.smtp !== undefined || flushed.size > 0;
  return (record) =>
    isFlushed && record.intent.transport === 'outbox' ? flushed.get(record.intent.message_id) : record;
}
