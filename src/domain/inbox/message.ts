/** A mailbox of a message's header (RFC 5322, 3.4). */
export interface InboundAddress {
  /** Empty where there is none. */
  name: string;
  /** As written. */
  address: string;
}

/** A file that came with a message. */
export interface InboundFile {
  /** As the message names it, and so not to be trusted; undefined where it has none. */
  name?: string;
  /** MIME type in lower case, such as `application/pdf`. */
  type: string;
  content: Uint8Array;
  /** Whether it belongs to the HTML of the message, which shows it. */
  inline?: boolean;
}

/** A message that came in, taken apart. All of it is what a stranger wrote. */
export interface InboundMessage {
  /** All fields of the header, in order: the name in lower case, the value unfolded and in plain words (RFC 2047). */
  headers: readonly { name: string; value: string }[];
  /** In angle brackets; undefined where it has none. */
  messageId?: string;
  /** Instant of the `Date` field, milliseconds since 1970; undefined where it is none. */
  date?: number;
  from: readonly InboundAddress[];
  replyTo: readonly InboundAddress[];
  to: readonly InboundAddress[];
  cc: readonly InboundAddress[];
  /** The envelope's sender (`Return-Path`): empty for the null sender `<>`, undefined where it is not told. */
  returnPath?: string;
  subject: string;
  /** Message-IDs in angle brackets. */
  inReplyTo: readonly string[];
  references: readonly string[];
  /** The plain text as a person reads it: of the text parts, else of the HTML. */
  text: string;
  html?: string;
  /** Texts of `message/delivery-status` (RFC 3464), one for each part. */
  deliveryStatus: readonly string[];
  /** Text of `message/feedback-report` (RFC 5965). */
  feedbackReport?: string;
  /** Text of `message/disposition-notification` (RFC 8098). */
  disposition?: string;
  /** The message that this one is about, or its header alone (`message/rfc822`, `text/rfc822-headers`), as text. */
  returned?: string;
  /** Texts of `text/calendar`. */
  calendars: readonly string[];
  files: readonly InboundFile[];
  /**
   * Of a message that came in a certified-mail envelope (PEC): the Message-ID of the envelope, in angle brackets, empty
   * where it has none. All else is the message inside.
   */
  certified?: string;
}
