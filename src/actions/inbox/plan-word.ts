import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { tokensOf } from '../../domain/inbox/recipient-token.js';
import type { Attachment } from '../attach.js';
import type { Tools } from '../tools.js';
import type { Effects } from './effects.js';
import { planPerson } from './plan-person.js';
import type { Decide, PlannedMessage } from './planned.js';
import type { ReadMessage } from './read-message.js';
import { saysOnlyStop, unsubscribe, wantsNoMore } from './unsubscribe.js';
import { whoWrote } from './who.js';
import type { InboxWorld } from './world.js';

/** Below this it is not said whose a message is. */
export const certainEnough = 0.75;

/**
 * Plans what a person's word leads to: it is filed with him where it is certain who he is, and understood what he wants or
 * where it goes on; else it waits. That he wants no more messages takes effect whoever he is.
 */
export async function planWord(
  read: ReadMessage,
  attachments: readonly Attachment[],
  world: InboxWorld,
  effects: Effects,
  plan: PlannedMessage,
  decide: Decide,
  tools: Tools,
): Promise<void> {
  const { outcome } = plan;
  const { message, classification, text, signature, intent } = read;
  if (tokensOf(message).some((token) => token.startsWith('test-'))) {
    decide('dismissed', [], 'it answers the test of a campaign, which went to nobody');
    return;
  }
  const ours = senderOfOurs(read, world);
  if (ours !== undefined) {
    // Anybody can write that into a message.
    outcome.why = `it bears an address of our own (${ours}); if we wrote it: itaca inbox file --sent`;
    return;
  }
  const who = whoWrote(message, text, signature, world);
  const onlyStop = saysOnlyStop(read);
  const wishes = wantsNoMore(read, tools.workspace);
  const asks =
    onlyStop || intent.intent === undefined || intent.intent === 'reply' ? undefined : intent.intent;
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
  else if (wishes) {
    outcome.why = `${outcome.why}; it is not clear whom it is about: itaca inbox file --unsubscribe`;
    return;
  }
  const inCase = who.case ?? who.answers?.data.case;
  // A wish to get no more is done with; any other word has to be understood, or to go on where it began.
  const understood = wish !== undefined || intent.intent !== undefined || inCase !== undefined;
  if (!who.contact || who.confidence < certainEnough) {
    if (wish !== undefined && asks === undefined) decide('filed', [], outcome.why);
    return;
  }
  if (!understood) return;
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

/** The member, or the address of ours, that a message bears as its sender's. */
export function senderOfOurs({ message }: ReadMessage, { own, members }: InboxWorld): string | undefined {
  const address = canonicalEmail(message.from[0]?.address ?? '');
  if (address === undefined) return undefined;
  return members.get(address) ?? (own.has(address) ? address : undefined);
}
