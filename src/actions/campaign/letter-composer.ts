import { messageId } from '../../domain/campaigns/content.js';
import { anyLanguage, subjectFor } from '../../domain/campaigns/language.js';
import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { type Place, type Reach, reachOf } from '../../domain/campaigns/reach.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { ItacaError } from '../../domain/error.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { MergeValues, RenderedMessage } from '../../mail/render.js';
import type { Workspace } from '../../workspace/workspace.js';
import { compiledMessages } from './compiled.js';
import { type Composer, composerSource, type PlacedFault } from './compose.js';
import type { CampaignPlan } from './plan-campaign.js';

/**
 * Makes the letters of a campaign, or what is said in its calls: a row of a file for each person.
 * @throws ItacaError `invalid` for a broken template
 */
export async function letterComposer(workspace: Workspace, plan: CampaignPlan): Promise<Composer> {
  const { campaign } = plan;
  const { config } = workspace;
  const { mail = {}, languages = [] } = config;
  const { channel } = campaign.data;
  const index = await workspace.index();
  const compiled = await compiledMessages(await composerSource(workspace, plan));
  const from = parseMailbox(campaign.data.from ?? mail.from ?? '');
  const reach = reachOf(channel, config.country, languages[0] ?? 'en') as Reach;
  const sender = {
    name: from.name || config.name || from.address,
    address: from.address,
    postal_address: mail.postal_address ?? '',
  };
  /** Where somebody says that he wants no more. */
  const wayOut = mail.unsubscribe?.mailto ?? mail.complaint_address ?? mail.postal_address ?? from.address;

  function partsOf(recipient: Recipient) {
    const contact = (index.get(recipient.contact)?.data ?? {}) as Partial<Contact>;
    const who = `${recipient.name} (${recipient.ref})`;
    const subject = subjectFor(campaign.data.subject, recipient.body, contact.language, languages) ?? '';
    const message = compiled.get(`${recipient.body}\0${subject}`);
    if (!message) throw new Error(`no text for ${recipient.body}`);
    const values: MergeValues = {
      contact: { id: recipient.contact, ref: recipient.ref, ...contact },
      unsubscribe: wayOut.replace(/^mailto:/i, ''),
      sender,
      campaign: { title: campaign.data.title },
    };
    return { message, values, who, contact };
  }

  function rendered({ message, values, who }: ReturnType<typeof partsOf>): RenderedMessage {
    return message.render(values, who);
  }

  function faultsIn({ text }: RenderedMessage, { body }: Recipient): PlacedFault[] {
    if (text.trim() !== '') return [];
    const path = plan.bodies.get(body)?.path ?? campaign.path;
    return [{ severity: 'error', message: 'there is nothing to say in it', path }];
  }

  /** Where he is reached now: where the plan says, unless he moved since. */
  function placeOf(recipient: Recipient, contact: Partial<Contact>): Place {
    const places = reach.places({ ...contact, name: contact.name ?? recipient.name });
    const place = places.find(({ canonical }) => canonical === recipient.canonical) ?? places[0];
    if (place) return place;
    throw new ItacaError(
      'refused',
      `${recipient.name} (${recipient.ref}): no ${reach.what} on file any more`,
      { path: index.get(recipient.contact)?.path ?? campaign.path },
    );
  }

  function rowOf(recipient: Recipient): Record<string, string> {
    const parts = partsOf(recipient);
    const { contact } = parts;
    const { subject, text } = rendered(parts);
    const place = placeOf(recipient, contact);
    const company = contact.company === undefined ? undefined : index.get(idOfRef(contact.company) ?? '');
    const who = {
      // Both ids: typed into `itaca show` it leads to the person.
      reference: `${campaign.id}-${recipient.contact}`,
      name: recipient.name,
      given_name: contact.given_name ?? '',
      family_name: contact.family_name ?? '',
      title: contact.title ?? '',
      company: company?.title ?? '',
      language: recipient.body === anyLanguage ? (contact.language ?? languages[0] ?? '') : recipient.body,
      campaign: campaign.data.title,
    };
    if (channel === 'phone') {
      const [number = ''] = place.lines;
      return {
        ...who,
        number,
        as_written: place.address,
        timezone: contact.timezone ?? '',
        subject,
        say: text,
      };
    }
    const [address_1 = '', address_2 = '', address_3 = '', ...others] = place.lines;
    return { ...who, address_1, address_2, address_3, address_4: others.join(', '), subject, text };
  }

  const messageIdOf = ({ canonical }: Recipient) =>
    messageId(config.id, campaign.id, '', canonical, `${channel}.invalid`);

  return {
    render: (recipient) => rendered(partsOf(recipient)),
    faults: (recipient) => {
      const parts = partsOf(recipient);
      placeOf(recipient, parts.contact);
      return faultsIn(rendered(parts), recipient);
    },
    missing: (recipient) => {
      const { message, values, who } = partsOf(recipient);
      const { tags, filled } = message.missing(values);
      return { tags, faults: tags.length === 0 ? [] : faultsIn(message.render(filled, who), recipient) };
    },
    messageId: messageIdOf,
    message: async (recipient) => ({
      messageId: messageIdOf(recipient),
      envelope: { from: '', to: recipient.address },
      raw: Buffer.from(JSON.stringify(Object.fromEntries(cellsOf(rowOf(recipient))))),
    }),
  };
}

/** Cells without the control characters and changes of direction that would show another text than they hold. */
function cellsOf(row: Record<string, string>): [string, string][] {
  return Object.entries(row).map(([key, value]) => [
    key,
    value.replace(/[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, '').trim(),
  ]);
}
