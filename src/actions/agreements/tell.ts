import type { Agreement } from '../../domain/agreements/agreement.js';
import { isOpen } from '../../domain/cases/states.js';
import type { StoredRecord } from '../../workspace/records.js';
import { attach } from '../attach.js';
import { channelOf } from '../cases/channel-of.js';
import { type ReplyMeaning, replyInCase } from '../cases/reply.js';
import { type Created, newRecord, nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { cancellationCaseOf } from './party.js';

export interface Telling {
  channel: string;
  text?: string;
  attach?: string[];
}

/**
 * Puts on file what the party of an agreement was told, with what follows from it: as an answer in the case in which he
 * ends it, where one is open. One commit.
 */
export async function tell(
  agreement: StoredRecord<Agreement>,
  { channel, text, attach: files = [] }: Telling,
  meaning: ReplyMeaning,
  tools: Tools,
): Promise<{ interaction: Created; case: string | null }> {
  const index = await tools.workspace.index();
  const kase = cancellationCaseOf(agreement.id, index);
  if (kase && isOpen(kase.data.state)) {
    const input = { channel, attach: files, ...(text ? { text } : {}) };
    const { interaction } = await replyInCase(kase.id, input, tools, meaning);
    return { interaction, case: kase.ref };
  }
  const { contact, company, number } = agreement.data;
  const { attachments, keep } = attach(files, tools);
  const interaction = await newRecord(
    'interaction',
    {
      at: nowIso(tools),
      channel: channelOf(channel),
      direction: 'outbound',
      by: tools.actor,
      contacts: contact === undefined ? undefined : [contact],
      company,
      case: kase?.ref,
      agreement: agreement.ref,
      subject: `Cancellation of ${number ?? agreement.ref}`,
      attachments,
    },
    { title: `${channel} cancellation of ${number ?? agreement.ref}`, ...(text ? { note: text } : {}) },
    tools,
  );
  const changes = [interaction, meaning.change(interaction)];
  await write(changes, { subject: `${tools.command} ${agreement.id}`, also: keep() }, tools);
  return { interaction, case: kase?.ref ?? null };
}
