import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { InboxDraft } from '../../domain/inbox/ledger.js';
import { tokensOf } from '../../domain/inbox/recipient-token.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import type { Effects } from './effects.js';
import { keepMessage } from './keep-message.js';
import { dismissible, planMachine } from './plan-machine.js';
import { planOwn } from './plan-own.js';
import { planPerson } from './plan-person.js';
import { type PulledMessage, pulledOf } from './pulled.js';
import type { ReadMessage } from './read-message.js';
import { type Who, whoWrote } from './who.js';
import type { InboxWorld } from './world.js';

/** What a message leads to. */
export interface PlannedMessage {
  changes: Change[];
  drafts: InboxDraft[];
  outcome: PulledMessage;
}

/** Below this it is not said whose a message is. */
const certainEnough = 0.75;

/**
 * Decides what becomes of a message: it is kept whole, and what it says is filed or dismissed with the reason, or waits for a
 * person. Nobody's word is guessed.
 */
export async function planMessage(
  read: ReadMessage,
  world: InboxWorld,
  effects: Effects,
  tools: Tools,
): Promise<PlannedMessage> {
  const kept = keepMessage(tools.workspace.root, read);
  const attachments = [kept.whole, ...kept.files];
  const outcome = pulledOf(read);
  const plan: PlannedMessage = { changes: [...kept.changes], drafts: [], outcome };
  const decide = (event: 'filed' | 'dismissed', records: readonly string[], why: string) => {
    const line = { at: new Date(tools.clock.now()).toISOString(), message: read.id };
    plan.drafts.push(event === 'filed' ? { event, ...line, records, why } : { event, ...line, why });
    Object.assign(outcome, { state: event, why });
  };
  if (read.source.sent) await planOwn(read, attachments, world, plan, decide, tools);
  else if (!isOfPerson(read, world)) {
    const { state, records, sent, why } = await planMachine(read, world, effects);
    Object.assign(outcome, {
      campaign: sent?.campaign.ref ?? null,
      contact: sent?.message.contact ?? null,
      why,
    });
    if (refusesMail(read))
      outcome.why = `${why}; ${await unsubscribe(read, undefined, world, effects, tools)}`;
    if (state !== 'waiting') decide(state, records, outcome.why);
  } else await planWord(read, attachments, world, effects, plan, decide, tools);
  if (kept.left.length > 0) {
    // What could not be kept lies in the source still; only a person can say what is to become of it.
    plan.drafts = [];
    Object.assign(outcome, { state: 'waiting', why: `${outcome.why}; ${kept.left.join('; ')}` });
  }
  plan.drafts.unshift(receivedLine(read, kept.whole, outcome, tools));
  if (read.scanPlace !== undefined) plan.drafts.push(againLine({ ...read, place: read.scanPlace }, tools));
  return plan;
}

/** Whether a person's word has to be read: his own, or his wish to get no more. */
function isOfPerson({ classification, message }: ReadMessage, { index }: InboxWorld): boolean {
  const { kind, confidence } = classification;
  if (kind === 'person' || kind === 'unsubscribe') return true;
  // Who is on file and writes of a newsletter has not sent one.
  const address = canonicalEmail(message.from[0]?.address ?? '');
  return (
    kind === 'bulk' &&
    confidence < dismissible &&
    address !== undefined &&
    index.byKey('email', address, ['contact']).length > 0
  );
}

/** Whether a mailbox's own refusal (RFC 8098) carries the wish for no more mail. */
function refusesMail({ classification, message, intent }: ReadMessage): boolean {
  const said = classification.unsubscribe === true || intent.unsubscribe;
  return classification.kind === 'autoreply' && message.disposition !== undefined && said;
}

async function planWord(
  read: ReadMessage,
  attachments: Parameters<typeof planPerson>[0]['attachments'],
  world: InboxWorld,
  effects: Effects,
  plan: PlannedMessage,
  decide: (event: 'filed' | 'dismissed', records: readonly string[], why: string) => void,
  tools: Tools,
): Promise<void> {
  const { outcome } = plan;
  const { message, classification, text, signature, intent } = read;
  if (tokensOf(message).some((token) => token.startsWith('test-'))) {
    decide('dismissed', [], 'it answers the test of a campaign, which went to nobody');
    return;
  }
  const who = whoWrote(message, text, signature, world);
  const wishes = classification.kind === 'unsubscribe' || intent.unsubscribe;
  const asks = intent.intent !== undefined && intent.intent !== 'reply' ? intent.intent : undefined;
  Object.assign(outcome, {
    kind: wishes && asks === undefined ? 'unsubscribe' : 'person',
    intent: wishes && asks === undefined ? null : (intent.intent ?? null),
    contact: who.contact?.ref ?? null,
    campaign: who.sent?.campaign.ref ?? null,
    case: who.case?.ref ?? who.answers?.data.case ?? null,
    confidence: Math.min(classification.confidence, wishes ? 1 : intent.confidence),
    why: [wishes ? (classification.unsubscribe ? classification.why : intent.why) : intent.why, who.why].join(
      '; ',
    ),
  });
  const wish = wishes ? await unsubscribe(read, who, world, effects, tools) : undefined;
  if (wish !== undefined) outcome.why = `${outcome.why}; ${wish}`;
  const inCase = who.case ?? who.answers?.data.case;
  // A wish to get no more is done with; any other word has to be understood, or to go on where it began.
  const understood = wish !== undefined || intent.intent !== undefined || inCase !== undefined;
  if (!who.contact || who.confidence < certainEnough) {
    if (wish !== undefined && asks === undefined) decide('filed', [], outcome.why);
    return;
  }
  if (!understood || isFromUs(read, world)) {
    if (isFromUs(read, world)) outcome.why = `${outcome.why}; it bears an address of our own`;
    return;
  }
  const filed = await planPerson(
    {
      read,
      contact: who.contact,
      who,
      intent: intent.intent,
      attachments,
      // It is done with, and asks for no answer.
      outcome: outcome.kind === 'unsubscribe' ? 'unsubscribed' : undefined,
      why: outcome.why,
    },
    world,
    tools,
  );
  plan.changes.push(...filed.changes);
  plan.drafts.push(filed.draft);
  Object.assign(outcome, {
    state: 'filed',
    case: filed.case?.ref ?? null,
    opens_case: filed.case?.opened === true,
    why: filed.draft.event === 'filed' ? filed.draft.why : outcome.why,
  });
}

/**
 * Writes to nobody who wants no more: by the message of ours that he names it is that one's purpose; in words, all purposes
 * that rest on consent or on an interest of ours.
 */
async function unsubscribe(
  { message, receivedAt, id }: ReadMessage,
  who: Who | undefined,
  world: InboxWorld,
  effects: Effects,
  tools: Tools,
): Promise<string> {
  const told = { messageIds: [], tokens: tokensOf(message), tags: [], address: undefined };
  const sent = world.campaigns.find(told) ?? world.sequences.find(told) ?? who?.sent;
  if (sent && (who === undefined || who.contact === undefined || sent.message.contact === who.contact.ref))
    return (await effects.happened(sent, { event: 'unsubscribed', key: id }, receivedAt)) ?? '';
  const address = canonicalEmail(message.from[0]?.address ?? '');
  if (address === undefined) return 'it names no address that could be left alone';
  const { purposes } = tools.workspace.config;
  const wanted = Object.entries(purposes ?? {}).flatMap(([purpose, { basis }]) =>
    basis === 'consent' || basis === 'legitimate_interest' ? [purpose] : [],
  );
  const contact = who?.contact?.ref;
  const source = `inbox ${id}`;
  for (const scope of purposes ? wanted : ['all'])
    effects.wish({
      address,
      contact,
      scope,
      reason: 'unsubscribed',
      at: receivedAt,
      source,
      purposes: purposes ? [scope] : [],
    });
  return `${address} gets no more ${purposes ? wanted.join(', ') : 'mail to many'}`;
}

/** Whether the sender is one of us: anybody can write that into a message. */
function isFromUs({ message }: ReadMessage, { own, members }: InboxWorld): boolean {
  const address = canonicalEmail(message.from[0]?.address ?? '');
  return address !== undefined && (own.has(address) || members.has(address));
}

/** That a message on file lies at another place, too. */
export function againLine(
  { id, source, place }: Pick<ReadMessage, 'id' | 'source' | 'place'>,
  { clock }: Tools,
): InboxDraft {
  const at = new Date(clock.now()).toISOString();
  return { event: 'again', at, message: id, source: source.name, place };
}

function receivedLine(
  { id, source, place, receivedAt, sha256, raw, message }: ReadMessage,
  whole: { path: string; sha256: string },
  { kind, intent, confidence, why }: PulledMessage,
  { clock }: Tools,
): InboxDraft {
  return {
    event: 'received',
    at: new Date(clock.now()).toISOString(),
    // Counted when it is written.
    n: 0,
    message: id,
    source: source.name,
    place,
    received_at: receivedAt,
    channel: source.channel,
    sha256,
    size: raw.length,
    path: whole.path,
    kept_sha256: whole.sha256,
    ...(message.messageId === undefined ? {} : { message_id: message.messageId }),
    kind,
    ...(intent === null ? {} : { intent }),
    confidence,
    why,
  };
}
