import { canonicalEmail } from '../contacts/email-address.js';
import type { SentMessage } from './attribute.js';
import type { ReportedEvent } from './event.js';

/** Clocks differ, and some sources write a local time as if it were UTC. */
const earliest = 24 * 3600 * 1000;

/**
 * Why an event cannot be of the message that it names, as a sentence: it tells of another address, or of a time before
 * the message left. Undefined where nothing speaks against it.
 */
export function contradiction(
  { address, at, source }: ReportedEvent,
  message: SentMessage,
): string | undefined {
  if (address !== undefined && canonicalEmail(address) !== message.address)
    return `${source}: the event is of ${address}, and the message it names went to ${message.address}`;
  if (at < Date.parse(message.at) - earliest)
    return `${source}: the event is of ${new Date(at).toISOString()}, and the message it names left no earlier than ${message.at}`;
  return undefined;
}
