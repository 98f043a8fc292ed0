import type { InboundMessage } from './message.js';

/**
 * When a message reached the firm, which is when the clock of what it asks for begins: as its source says; else by the
 * last server that took it (the first `Received` field, RFC 5321, 4.4); else as its writer dates it. Never in the future.
 * @param source what the source says, milliseconds since 1970
 * @param now milliseconds since 1970
 */
export function arrivedAt(
  { headers, date }: Pick<InboundMessage, 'headers' | 'date'>,
  source: number | undefined,
  now: number,
): number {
  const received = headers.find(({ name }) => name === 'received')?.value;
  const stamp = received === undefined ? undefined : momentIn(received);
  return Math.min(source ?? stamp ?? date ?? now, now);
}

/** The date at the end of a `Received` field. */
function momentIn(received: string): number | undefined {
  const text = received
    .slice(received.lastIndexOf(';') + 1)
    .replace(/\([^()]*\)/g, '')
    .trim();
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}
