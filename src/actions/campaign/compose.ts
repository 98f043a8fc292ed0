import { messageId } from '../../domain/campaigns/content.js';
import { subjectFor } from '../../domain/campaigns/language.js';
import { lineOfLink } from '../../domain/campaigns/links.js';
import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import { type KnownTags, type MessageFault, messageFaults } from '../../domain/campaigns/message-faults.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import type { Config } from '../../domain/config/config.js';
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
import {
  agreedToTracking,
  type LinkSigning,
  linkSigningOf,
  requireLinkKey,
  withSignedLinks,
} from './tracker.js';

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
  /** The Message-ID of a recipient's message, the same each time. */
  messageId(recipient: Recipient): string;
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

/** All that messages are made of, beside the people. Plain data, for a thread of its own. */
export interface ComposerSource extends ComposerPlan {
  root: string;
  config: Config;
  /** When the messages are written, epoch milliseconds. */
  now: number;
  /** How links are signed for those who agreed to that; absent where they stay as they are. */
  tracking?: LinkSigning;
}

/** A recipient as the workspace knows him. */
export interface KnownPerson {
  /** His record; undefined where it is gone. */
  contact: Readonly<Record<string, unknown>> | undefined;
  /** Whether he agreed to be known by the links that he follows. */
  tracked: boolean;
}

/**
 * @param environment of the process, where messages are to leave: their links are then signed for who agreed to that
 */
export async function composerSource(
  { root, config, clock }: Workspace,
  { campaign, bodies, files, step }: ComposerPlan,
  environment?: NodeJS.ProcessEnv,
): Promise<ComposerSource> {
  const tracking = environment && (await linkSigningOf(config, environment));
  return {
    root,
    config,
    now: clock.now(),
    campaign,
    bodies,
    files,
    ...(step === undefined ? {} : { step }),
    ...(tracking ? { tracking } : {}),
  };
}

/** The people of a workspace, for who makes their messages; as they are on file when they are asked for. */
export async function peopleOf(
  workspace: Workspace,
  { tracking }: Pick<ComposerSource, 'tracking'>,
): Promise<(recipient: Recipient) => KnownPerson> {
  const index = await workspace.index();
  const agreed = tracking ? await agreedToTracking(workspace) : () => false;
  return (recipient) => ({ contact: index.get(recipient.contact)?.data, tracked: agreed(recipient) });
}

/** As `composerFrom`, with the people of the workspace. */
export async function composerOf(
  workspace: Workspace,
  plan: ComposerPlan,
  environment?: NodeJS.ProcessEnv,
): Promise<Composer> {
  const source = await composerSource(workspace, plan, environment);
  return composerFrom(source, await peopleOf(workspace, source));
}

/**
 * Prepares the texts of a campaign, each compiled once.
 * @throws ItacaError `refused` where the campaign names no sender; `invalid` for a broken template
 */
export async function composerFrom(
  source: ComposerSource,
  personOf: (recipient: Recipient) => KnownPerson,
): Promise<Composer> {
  const { campaign, files, bodies, config, now, step = '', tracking } = source;
  const mail = config.mail ?? {};
  const sender = campaign.data.from ?? mail.from;
  if (!sender) throw new ItacaError('refused', 'the campaign names no sender', { path: campaign.path });
  const from = parseMailbox(sender);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const languages = config.languages ?? [];
  const compiled = await compiledMessages(source);
  const replyTo = campaign.data.reply_to ?? mail.reply_to;

  const messageIdOf = ({ canonical }: Recipient) =>
    messageId(config.id, campaign.id, step, canonical, domain);
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
    const { contact = {}, tracked } = personOf(recipient);
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
    return { message, values, who, tracked };
  }

  function render(recipient: Recipient, token: string): RenderedMessage & { tracked: boolean } {
    const { message, values, who, tracked } = partsOf(recipient, token);
    headerValue(recipient.name, 'the name', who);
    headerValue(recipient.address, 'the address', who);
    if (tracked) requireLinkKey(tracking);
    return { ...message.render(values, who), tracked };
  }

  const known: KnownTags = new Map();
  function faultsIn(rendered: RenderedMessage, { body }: Recipient): PlacedFault[] {
    const { path, text } = bodies.get(body) ?? { path: campaign.path, text: '' };
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
    messageId: messageIdOf,
    message: (recipient, token, test) => {
      const { link, url } = links(token);
      const { tracked, ...plain } = render(recipient, token);
      const rendered =
        tracked && !test ? withSignedLinks(plain, tracking, { token, keep: [link, url] }) : plain;
      return buildMessage({
        rendered: test ? { ...rendered, subject: `[test] ${rendered.subject}` } : rendered,
        files: mailFiles(files, recipient.body),
        messageId: test ? `<test-${test.id}@${domain}>` : messageIdOf(recipient),
        from,
        to: test?.to ?? { name: recipient.name, address: recipient.address },
        ...(replyTo ? { replyTo } : {}),
        date: now,
        token,
        ...(mail.bounce_address ? { bounceAddress: mail.bounce_address } : {}),
        unsubscribe: links(token),
        purpose: campaign.data.purpose,
        campaign: { id: campaign.id, ...(campaign.data.office ? { office: campaign.data.office } : {}) },
      });
    },
  };
}
