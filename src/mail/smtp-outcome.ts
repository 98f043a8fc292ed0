import type { Outcome } from './transport.js';

/** What nodemailer tells of a failure. */
export interface SmtpFailure {
  message: string;
  code?: string;
  /** SMTP command that was under way; `CONN` for the connection itself. */
  command?: string;
  /** Reply code of the server, where it replied. */
  responseCode?: number;
  response?: string;
  syscall?: string;
}

const envelopeCommands = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/**
 * What a failure to send means for the message.
 *
 * A reply of the server to MAIL, RCPT, DATA or the final dot is a decision: 5xx for good, 4xx for now. Without a
 * reply, what counts is whether the body's last byte went out: before it no server may deliver (RFC 5321, 4.1.1.4),
 * after it nobody can know (RFC 1047).
 * @param handedOver whether the body was written to its end
 */
export function outcomeOf(failure: SmtpFailure, handedOver: boolean): Outcome {
  const { responseCode, command = '' } = failure;
  const reply = failure.response ?? failure.message;
  if (responseCode !== undefined && envelopeCommands.has(command)) {
    // 503: the session was in a wrong state; it says nothing of the message.
    const permanent = responseCode >= 500 && responseCode !== 503;
    const server = command === 'MAIL FROM' || responseCode === 503 || responseCode === 421;
    return { state: permanent ? 'rejected' : 'deferred', reply, ...(server ? { server } : {}) };
  }
  if (
    responseCode === undefined &&
    (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE') &&
    !handedOver
  ) {
    // Refused before the wire: an address SMTP cannot carry, a message larger than the server takes.
    return { state: 'rejected', reply };
  }
  // 421 ends the session and with it the message (RFC 5321, 3.8).
  if (!handedOver || failure.syscall === 'connect' || responseCode === 421) {
    return { state: 'deferred', reply, server: true };
  }
  return { state: 'unknown', reply: `the connection was lost after the message was handed over: ${reply}` };
}
