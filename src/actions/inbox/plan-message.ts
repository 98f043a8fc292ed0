import { canonicalEmail } from '../../domain/contacts/email-address.js';
import type { Tools } from '../tools.js';
import type { Effects } from './effects.js';
import { keepMessage } from './keep-message.js';
import { dismissible, planMachine } from './plan-machine.js';
import { planOwn } from './plan-own.js';
import { planWord } from './plan-word.js';
import type { Decide, PlannedMessage } from './planned.js';
import { pulledOf } from './pulled.js';
import type { ReadMessage } from './read-message.js';
import { againLine, receivedLine } from './received-line.js';
import { unsubscribe } from './unsubscribe.js';
import type { InboxWorld } from './world.js';

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
  const decide: Decide = (event, records, why) => {
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
      outcome.why = [why, await unsubscribe(read, undefined, world, effects, tools)]
        .filter(Boolean)
        .join('; ');
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
export function isOfPerson({ classification, message }: ReadMessage, { index }: InboxWorld): boolean {
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
