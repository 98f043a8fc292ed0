import { messageId } from '../../domain/campaigns/content.js';
import { subjectFor } from '../../domain/campaigns/language.js';
import { lineOfLink } from '../../domain/campaigns/links.js';
import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import { type KnownTags, type MessageFault, messageFaults } from '../../domain/campaigns/message-faults.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import type { Mailbox } from '../../mail/compose-mail.js';
import { buildMessage } from '../../mail/message.js';
import { headerValue, type MergeValues, type MissingValue, type RenderedMessage } from '../../mail/render.js';
import type { OutgoingMessage } from '../../mail/transport.js';
import { unsubscribeLinks } from '../../mail/unsubscribe.js';
import type { Workspace } from '../../workspace/workspace.js';
import { fileBytes } from './campaign-files.js';
import { compiledMessages, mailFiles } from './compiled.js';
import type { CampaignPlan } from './plan-campaign.js';

/** Makes a campaign's messages. */
export interface Composer {
  /**
   * @param token of this recipient, in the link by which he gets no more
   * @throws ItacaError `refused` naming the person, where a merge tag has no value, he has no subject, or a value would
   * break into the headers
   */
  render(recipient: Recipient, token: string): RenderedMessage;
  /** What is wrong with the message of one person; throws as `render`. */
  faults(recipient: Recipient): PlacedFault[];
  /** The merge tags that stop the message of one person, and what else would be wrong with it. */
  missing(recipient: Recipient): { tags: MissingValue[]; faults: PlacedFault[] };
  /** @param test changes what makes a message of the campaign into one that is only looked at */
  message(recipient: Recipient, token: string, test?: TestMessage): Promise<OutgoingMessage>;
}

/** A fault of a message, in the file it comes from. */
export interface PlacedFault extends MessageFault {
  path: string;
  line?: number;
}

/** Where a message goes that is only looked at. */
export interface TestMessage {
  to: Mailbox;
  /** Of the test: its Message-ID is that of no message of the campaign. */
  id: string;
}

/** What messages are made of. */
export interface ComposerPlan extends Pick<CampaignPlan, 'campaign' | 'bodies' | 'files'> {
  /** Of a sequence; each of its steps sends messages of its own. */
  step?: string;
}

/**
 * Prepares the texts of a campaign, each compiled once.
 * @throws ItacaError `refused` where the campaign names no sender; `invalid` for a broken template
 */
export async function composerOf(workspace: Workspace, plan: ComposerPlan): Promise<Composer> {
  const { campaign, files } = plan;
  const { config, clock } = workspace;
  const mail = config.mail ?? {};
  const sender = campaign.data.from ?? mail.from;
  if (!sender) throw new ItacaError('refused', 'the campaign names no sender', { path: campaign.path });
  const from = parseMailbox(sender);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const index = await workspace.index();
  const languages = config.languages ?? [];
  const compiled = await compiledMessages(plan, workspace);
  const replyTo = campaign.data.reply_to ?? mail.reply_to;

  const links = (token: string) =>
    unsubscribeLinks(
      {
        ...(mail.unsubscribe?.mailto ? { mailto: mail.unsubscribe.mailto } : {}),
        ...(mail.unsubscribe?.url ? { url: mail.unsubscribe.url } : {}),
      },
      token,
    );

  /** The compiled message of a person, and what fills it. */
  function partsOf(recipient: Recipient, token: string) {
    const contact = index.get(recipient.contact)?.data ?? {};
    const who = `${recipient.name} (${recipient.ref})`;
    const wanted = typeof contact.language === 'string' ? contact.language : undefined;
    const subject = subjectFor(campaign.data.subject, recipient.body, wanted, languages);
    if (subject === undefined) {
      throw new ItacaError('refused', `${who}: the campaign has no subject for this person`, {
        path: campaign.path,
        hint: 'add a subject in this language',
      });
    }
    const message = compiled.get(`${recipient.body}\0${subject}`);
    if (!message) throw new Error(`no text for ${recipient.body}`);
    const values: MergeValues = {
      contact: { id: recipient.contact, ref: recipient.ref, email: recipient.address, ...contact },
      unsubscribe: links(token).link ?? '',
      sender: {
        name: from.name || config.name || from.address,
        address: from.address,
        postal_address: mail.postal_address ?? '',
      },
      campaign: { title: campaign.data.title },
    };
    return { message, values, who };
  }

  function render(recipient: Recipient, token: string): RenderedMessage {
    const { message, values, who } = partsOf(recipient, token);
    headerValue(recipient.name, 'the name', who);
    headerValue(recipient.address, 'the address', who);
    return message.render(values, who);
  }

  const known: KnownTags = new Map();
  function faultsIn(rendered: RenderedMessage, { body }: Recipient): PlacedFault[] {
    const { path, text } = plan.bodies.get(body) ?? { path: campaign.path, text: '' };
    const wayOut = links('preview').link ?? '';
    return messageFaults({ ...rendered, wayOut, fileBytes: fileBytes(files, body) }, known).map((fault) => {
      const line = fault.url === undefined ? undefined : lineOfLink(text, fault.url);
      return { ...fault, path, ...(line === undefined ? {} : { line }) };
    });
  }

  return {
    render,
    faults: (recipient) => faultsIn(render(recipient, 'preview'), recipient),
    missing: (recipient) => {
      const { message, values, who } = partsOf(recipient, 'preview');
      const { tags, filled } = message.missing(values);
      return { tags, faults: tags.length === 0 ? [] : faultsIn(message.render(filled, who), recipient) };
    },
    message: (recipient, token, test) => {
      const rendered = render(recipient, token);
      return buildMessage({
        rendered: test ? { ...rendered, subject: `[test] ${rendered.subject}` } : rendered,
        files: mailFiles(files, recipient.body),
        messageId: test
          ? `<test-${test.id}@${domain}>`
          : messageId(config.id, campaign.id, plan.step ?? '', recipient.canonical, domain),
        from,
        to: test?.to ?? { name: recipient.name, address: recipient.address },
        ...(replyTo ? { replyTo } : {}),
        date: clock.now(),
        token,
        ...(mail.bounce_address ? { bounceAddress: mail.bounce_address } : {}),
        unsubscribe: links(token),
        purpose: campaign.data.purpose,
        campaign: { id: campaign.id, ...(campaign.data.office ? { office: campaign.data.office } : {}) },
      });
    },
  };
}
