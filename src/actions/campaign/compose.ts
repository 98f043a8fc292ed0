import type { Campaign } from '../../domain/campaigns/campaign.js';
import { messageId } from '../../domain/campaigns/content.js';
import { anyLanguage, subjectFor } from '../../domain/campaigns/language.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import { buildMessage } from '../../mail/message.js';
import { compileMessage, type RenderedMessage, type RenderMessage } from '../../mail/render.js';
import type { OutgoingMessage } from '../../mail/transport.js';
import { unsubscribeLinks } from '../../mail/unsubscribe.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { parseMailbox } from './mailbox.js';
import type { CampaignPlan } from './plan-campaign.js';

/** Makes a campaign's messages. */
export interface Composer {
  /** Throws ItacaError `refused` naming the person where a merge tag has no value. */
  render(recipient: Recipient, token: string): RenderedMessage;
  message(recipient: Recipient, token: string): Promise<OutgoingMessage>;
}

/**
 * Prepares the texts of a campaign, each compiled once.
 * @throws ItacaError `refused` where sender, way out or subject are missing; `invalid` for a broken template
 */
export async function composerOf(
  workspace: Workspace,
  { campaign, bodies }: CampaignPlan,
): Promise<Composer> {
  const { config, clock } = workspace;
  const mail = config.mail ?? {};
  const sender = campaign.data.from ?? mail.from;
  if (!sender) {
    throw new ItacaError('refused', 'the campaign names no sender', {
      path: campaign.path,
      hint: 'set from: here, or mail.from in itaca.yaml',
    });
  }
  if (!mail.unsubscribe?.mailto && !mail.unsubscribe?.url) {
    throw new ItacaError('refused', 'the message has no way out', {
      path: 'itaca.yaml',
      hint: 'set mail.unsubscribe: {mailto: unsubscribe@…}',
    });
  }
  const from = parseMailbox(sender);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const index = await workspace.index();
  const languages = config.languages ?? [];
  const renderers = new Map<string, RenderMessage>();
  for (const [language, { text, path }] of bodies) {
    for (const subject of subjectsOf(campaign, language, languages)) {
      const key = `${language}\0${subject}`;
      if (renderers.has(key)) continue;
      const shown = language === anyLanguage ? (languages[0] ?? 'en') : language;
      renderers.set(key, await compileMessage({ subject, body: text, language: shown, path }));
    }
  }

  const links = (token: string) =>
    unsubscribeLinks(
      {
        ...(mail.unsubscribe?.mailto ? { mailto: mail.unsubscribe.mailto } : {}),
        ...(mail.unsubscribe?.url ? { url: mail.unsubscribe.url } : {}),
      },
      token,
    );

  function render(recipient: Recipient, token: string): RenderedMessage {
    const contact = index.get(recipient.contact)?.data ?? {};
    const wanted = typeof contact.language === 'string' ? contact.language : undefined;
    const subject = subjectFor(campaign.data.subject, recipient.body, wanted, languages);
    if (subject === undefined) {
      throw new ItacaError(
        'refused',
        `${recipient.name} (${recipient.ref}): the campaign has no subject for this person`,
        {
          path: campaign.path,
          hint: 'add a subject in this language',
        },
      );
    }
    const renderer = renderers.get(`${recipient.body}\0${subject}`);
    if (!renderer) throw new Error(`no text for ${recipient.body}`);
    return renderer(
      {
        contact: { id: recipient.contact, ref: recipient.ref, email: recipient.address, ...contact },
        unsubscribe: links(token).link ?? '',
        sender: {
          name: from.name || config.name || from.address,
          address: from.address,
          postal_address: mail.postal_address ?? '',
        },
        campaign: { title: campaign.data.title },
      },
      `${recipient.name} (${recipient.ref})`,
    );
  }

  return {
    render,
    message: (recipient, token) =>
      buildMessage({
        rendered: render(recipient, token),
        messageId: messageId(config.id, campaign.id, '', recipient.canonical, domain),
        from,
        to: { name: recipient.name, address: recipient.address },
        ...((campaign.data.reply_to ?? mail.reply_to)
          ? { replyTo: campaign.data.reply_to ?? mail.reply_to ?? '' }
          : {}),
        date: clock.now(),
        token,
        ...(mail.bounce_address ? { bounceAddress: mail.bounce_address } : {}),
        unsubscribe: links(token),
        purpose: campaign.data.purpose,
        campaign: { id: campaign.id, ...(campaign.data.office ? { office: campaign.data.office } : {}) },
      }),
  };
}

/** Every subject that may stand over a body. */
function subjectsOf(
  campaign: StoredRecord<Campaign>,
  language: string,
  languages: readonly string[],
): Set<string> {
  const { subject } = campaign.data;
  if (subject === undefined) return new Set();
  if (typeof subject === 'string') return new Set([subject]);
  const own = subjectFor(subject, language, language === anyLanguage ? undefined : language, languages);
  return new Set([...Object.values(subject), ...(own === undefined ? [] : [own])]);
}
