import type { Case } from '../../domain/cases/case.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { ItacaError } from '../../domain/error.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { idOfRef } from '../../domain/records/ids.js';
import { readProcess } from '../../workspace/config/processes.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import type { Tools } from '../tools.js';
import { writeDecisions } from './decide.js';
import type { FiledMessage, FileInput } from './file-message.js';
import type { ReadMessage } from './read-message.js';

/** The interaction that a message was filed as, and the case that it opened, where they are there. */
export interface FiledBefore {
  interaction: StoredRecord<Interaction>;
  opened: StoredRecord<Case> | undefined;
}

/** What filing a message made; undefined where it made no interaction. */
export async function filedBefore(message: string, { workspace }: Tools): Promise<FiledBefore | undefined> {
  const index = await workspace.index();
  const made = (kind: string) => index.get(derivedId(workspace.config.id, kind, `inbox ${message}`));
  const interaction = made('interaction') as unknown as StoredRecord<Interaction> | undefined;
  return interaction && { interaction, opened: made('case') as unknown as StoredRecord<Case> | undefined };
}

/**
 * Moves a message that is filed to whom, and where, it belongs: the case that it opened goes with it, from one of others it is
 * taken out.
 * @throws ItacaError `conflict` where nothing is said that is not so already
 */
export async function moveFiled(
  { interaction, opened }: FiledBefore,
  { id: message }: ReadMessage,
  input: FileInput,
  source: string,
  tools: Tools,
): Promise<FiledMessage> {
  const { workspace, actor } = tools;
  const index = await workspace.index();
  const [before] = interaction.data.contacts ?? [];
  const contact = await findRecord<Contact>(workspace, input.contact ?? before ?? '', ['contact']);
  const kase = input.case ? await findRecord<Case>(workspace, input.case, ['case']) : undefined;
  const isOther = before === undefined || index.get(idOfRef(before) ?? '')?.id !== contact.id;
  const intent = input.intent ?? interaction.data.intent;
  if (!isOther && !kase && intent === interaction.data.intent)
    throw new ItacaError(
      'conflict',
      `this message is filed already, with ${before ?? 'nobody'}: ${interaction.ref}`,
      {
        hint: 'to move it, say where it belongs: --contact, --case or --intent',
      },
    );
  const company = contact.data.company ?? '';
  const inCase = kase?.ref ?? (isOther ? (opened?.ref ?? '') : (interaction.data.case ?? ''));
  const changes: Change[] = [
    {
      op: 'update',
      kind: 'interaction',
      id: interaction.id,
      path: interaction.path,
      set: { contacts: [contact.ref], company, case: inCase, intent: intent ?? '' },
    },
  ];
  const type =
    input.intent !== undefined && readProcess(workspace.root, input.intent) ? input.intent : undefined;
  if (opened && (isOther || type !== undefined))
    changes.push({
      op: 'update',
      kind: 'case',
      id: opened.id,
      path: opened.path,
      set: { contact: contact.ref, company, ...(type === undefined ? {} : { type }) },
    });
  const records = [interaction.ref, ...(inCase === '' ? [] : [inCase])];
  const why = `moved by ${actor}${isOther ? ` from ${before ?? 'nobody'} to ${contact.ref}` : ''}`;
  const at = new Date(tools.clock.now()).toISOString();
  const draft = {
    event: 'filed' as const,
    at,
    message,
    by: actor,
    records,
    ...(input.intent === undefined ? {} : { intent: input.intent }),
    why,
  };
  await writeDecisions(`inbox file ${message}`, [{ source, draft }], changes, tools);
  return {
    id: message,
    contact: contact.ref,
    interaction: interaction.ref,
    case: inCase === '' ? null : inCase,
    opens_case: false,
    records,
    why,
  };
}
