/** A finished message with its envelope: whom it says it is from on the wire, and the one address it goes to. */
export interface OutgoingMessage {
  /** With angle brackets. */
  messageId: string;
  envelope: { from: string; to: string };
  /** RFC 5322, as it goes over the wire. */
  raw: Buffer;
}

/**
 * What became of a message.
 * - `sent`: handed to the transport, for good.
 * - `rejected`: refused for good (5xx); it did not leave.
 * - `deferred`: it did not leave, and may be tried again (4xx, nobody answered).
 * - `unknown`: it may have left or not (RFC 1047); never sent again by itself.
 */
export type OutcomeState = 'sent' | 'rejected' | 'deferred' | 'unknown';

export interface Outcome {
  state: OutcomeState;
  /** What the other side said, or what went wrong. */
  reply?: string;
  /** The failure is about the server or the sender, not about this person: the next message would meet it too. */
  server?: true;
}

/** A way for messages to leave. */
export interface Transport {
  /** In the journals: how a message left. One that keeps what it holds has a name of its own in each clone. */
  readonly name: 'outbox' | 'smtp' | 'eml' | `letter:${string}` | `phone:${string}`;
  /** So many messages leave together, where they do; they are handed over at once. */
  readonly batch?: number;
  /** How many messages it takes at a time. */
  readonly concurrency: number;
  /** Never throws for what can befall one message: that is an outcome. */
  send(message: OutgoingMessage): Promise<Outcome>;
  /**
   * Whether the transport itself holds a message it was handed earlier. Absent where it keeps none.
   * @returns undefined where not holding it says nothing, since others take messages away
   */
  holds?(messageId: string): Promise<boolean | undefined>;
  /** It holds for good what it was handed, so that not holding a message proves that it was not. */
  readonly keepsAll?: true;
  close(): Promise<void>;
}
