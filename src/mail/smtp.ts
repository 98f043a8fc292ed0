import { Readable } from 'node:stream';
import { isLoopback } from './loopback.js';
import { outcomeOf, type SmtpFailure } from './smtp-outcome.js';
import { smtpWords } from './smtp-words.js';
import type { Outcome, OutgoingMessage, Transport } from './transport.js';

export interface SmtpOptions {
  host: string;
  port?: number;
  /** TLS from the first byte; without it STARTTLS is used where the server offers it. */
  secure?: boolean;
  user?: string;
  password?: string;
  /** Connections at a time; 5 where it is not said. */
  connections?: number;
}

/** A mail server. Connections are kept open and shared; nothing is ever sent again by itself. */
export async function smtpTransport(options: SmtpOptions): Promise<Transport> {
  const { default: SMTPPool } = await import('nodemailer/lib/smtp-pool');
  const concurrency = options.connections ?? 5;
  const secure = options.secure ?? options.port === 465;
  const { host, port = secure ? 465 : 587, user, password } = options;
  const pool = new SMTPPool({
    host,
    port,
    secure,
    // A password goes over the wire encrypted, or only within this machine.
    requireTLS: user !== undefined && !secure && !isLoopback(host),
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    maxConnections: concurrency,
    maxMessages: 1000,
    maxRequeues: 0,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    // The time a server may take to answer the final dot (RFC 5321, 4.5.3.2.6).
    socketTimeout: 10 * 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  /** What a failure means is decided by its codes; what is said of it is for people. */
  const told = (failure: SmtpFailure): SmtpFailure => {
    const { code, command, responseCode, syscall } = failure;
    const message = smtpWords(failure, { host, port, user, password });
    const codes = { code, command, responseCode, syscall };
    return {
      message,
      ...Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== undefined)),
    };
  };
  // A connection that breaks while idle concerns no message.
  pool.on('error', () => {});

  return {
    name: 'smtp',
    concurrency,
    send: (message) =>
      new Promise<Outcome>((resolve) => {
        const body = watchedBody(message.raw);
        pool.send(mailFor(message, body.stream), (error, info) => {
          resolve(
            error
              ? outcomeOf(told(error as SmtpFailure), body.handedOver())
              : { state: 'sent', reply: String(info?.response ?? '') },
          );
        });
      }),
    async close() {
      pool.close();
    },
  };
}

type PoolMail = Parameters<InstanceType<typeof import('nodemailer/lib/smtp-pool').default>['send']>[0];

/**
 * What the pool asks of a message. Handing it a stream of our own, rather than going through nodemailer's mailer,
 * keeps the body untouched until the server has said 354: so its end tells that the message was handed over.
 */
function mailFor(message: OutgoingMessage, stream: Readable): PoolMail {
  return {
    data: {},
    message: {
      getEnvelope: () => ({
        from: message.envelope.from,
        to: [message.envelope.to],
        size: message.raw.length,
      }),
      messageId: () => message.messageId,
      getHeader: () => message.messageId,
      createReadStream: () => stream,
    },
  } as unknown as PoolMail;
}

/** A body that knows whether it was read to its end. */
function watchedBody(raw: Buffer): { stream: Readable; handedOver(): boolean } {
  let handedOver = false;
  let given = false;
  const stream = new Readable({
    read() {
      if (!given) {
        given = true;
        this.push(raw);
        return;
      }
      handedOver = true;
      this.push(null);
    },
  });
  return { stream, handedOver: () => handedOver };
}
