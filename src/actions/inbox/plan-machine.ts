import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { Bounce } from '../../domain/inbox/classification.js';
import { tokensOf } from '../../domain/inbox/recipient-token.js';
import type { Index } from '../../workspace/index/index.js';
import type { Effects } from './effects.js';
import type { ReadMessage } from './read-message.js';
import type { InboxWorld, SentByUs } from './world.js';

/** Mail to many is dismissed where its header says so; by its words alone it waits for somebody to say so. */
export const dismissible = 0.9;

/** What is made of a message of a machine. */
export interface MachineVerdict {
  state: 'filed' | 'dismissed' | 'waiting';
  /** References of what it is about. */
  records: string[];
  sent: SentByUs | undefined;
  why: string;
}

/** The message of ours that a message of a machine is about: by token, by the Message-ID it names or returns, or answers. */
export function aboutOf(
  { message, classification }: Pick<ReadMessage, 'message' | 'classification'>,
  { campaigns, sequences }: Pick<InboxWorld, 'campaigns' | 'sequences'>,
): SentByUs | undefined {
  const returned = /^message-id:\s*(<[^<>\s]{1,900}>)/im.exec(
    (message.returned ?? '').slice(0, 1 << 16),
  )?.[1];
  const told = {
    tokens: tokensOf(message),
    messageIds: [
      classification.about,
      returned,
      ...message.inReplyTo,
      ...[...message.references].reverse(),
    ].filter((id) => id !== undefined),
    tags: [],
    address: undefined,
  };
  return campaigns.find(told) ?? sequences.find(told);
}

/**
 * What follows from the message of a machine. Only what names a message of ours, by its random token or its Message-ID,
 * closes an address by itself: a report of anything else anybody could have written, and it waits for a person where it
 * concerns somebody on file.
 */
export async function planMachine(
  read: ReadMessage,
  world: InboxWorld,
  effects: Effects,
): Promise<MachineVerdict> {
  const { classification, receivedAt, id, message } = read;
  const sent = aboutOf(read, world);
  const records = sent ? [sent.campaign.ref, sent.message.contact] : [];
  const verdict = (state: MachineVerdict['state'], why: string): MachineVerdict => ({
    state,
    records,
    sent,
    why: `${classification.why}; ${why}`,
  });
  const about = sent && `a message of ${sent.campaign.ref}`;
  switch (classification.kind) {
    case 'bounce':
    case 'delayed':
    case 'receipt': {
      const bounce = bounceOf(classification.bounces, sent);
      if (!bounce) {
        return classification.kind === 'receipt'
          ? verdict('filed', about ? `a receipt of ${about}` : 'a receipt')
          : verdict('waiting', 'it names nobody to whom a message did not come');
      }
      if (!sent) return unattributed(bounce, world.index, verdict);
      const delayed = classification.kind === 'delayed';
      const follows = await effects.happened(
        sent,
        {
          event: delayed ? 'deferred' : 'bounced',
          ...(delayed ? {} : { bounce: bounce.hard ? ('hard' as const) : ('soft' as const) }),
          reason: [bounce.status, bounce.diagnostic ?? bounce.reason].filter(Boolean).join(' ').slice(0, 500),
          key: id,
        },
        receivedAt,
      );
      return verdict('filed', [about, follows].filter(Boolean).join('; '));
    }
    case 'complaint': {
      if (sent) {
        const follows = await effects.happened(sent, { event: 'complained', key: id }, receivedAt);
        return verdict('filed', [about, follows].filter(Boolean).join('; '));
      }
      return unattributed(bounceOf(classification.bounces, sent), world.index, verdict);
    }
    case 'autoreply':
      // A ticket system or a form says so of what people wrote by it.
      if (isGenerated(message) && !sent)
        return verdict('waiting', 'a program wrote it, perhaps for somebody');
      return verdict('filed', about ? `it answers ${about}` : 'nobody wrote it');
    case 'challenge':
      return verdict('waiting', 'somebody has to answer it');
    default: {
      const [from] = message.from;
      const [known] = from ? world.index.byKey('email', canonicalEmail(from.address) ?? '', ['contact']) : [];
      const state = known || classification.confidence < dismissible ? 'waiting' : 'dismissed';
      return verdict(state, `sent to many${from ? ` by ${from.address}` : ''}`);
    }
  }
}

/** Whether a program made it, and not as an answer (RFC 3834, 5). */
function isGenerated({ headers, disposition }: ReadMessage['message']): boolean {
  const said = headers.find(({ name }) => name === 'auto-submitted')?.value ?? '';
  return disposition === undefined && /^\s*auto-generated/i.test(said);
}

/** The bounce of the person we wrote to; where the report names another address, it was forwarded. */
function bounceOf(bounces: readonly Bounce[], sent: SentByUs | undefined): Bounce | undefined {
  const his = bounces.find(({ recipient }) => canonicalEmail(recipient) === sent?.message.address);
  return his ?? bounces[0];
}

function unattributed(
  bounce: Bounce | undefined,
  index: Index,
  verdict: (state: MachineVerdict['state'], why: string) => MachineVerdict,
): MachineVerdict {
  const canonical = bounce && canonicalEmail(bounce.recipient);
  const [known] = canonical ? index.byKey('email', canonical, ['contact']) : [];
  if (!bounce || !known) return verdict('dismissed', 'of no message of ours, and of nobody on file');
  return verdict('waiting', `it concerns ${known.ref}, but names no message of ours`);
}
