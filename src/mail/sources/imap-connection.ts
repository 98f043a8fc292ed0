import { setTimeout as wait } from 'node:timers/promises';
import type { ImapFlow, MailboxObject } from 'imapflow';
import type { ImapSettings } from '../../domain/config/inbox.js';
import { isLoopback } from '../loopback.js';
import type { ImapSecret } from '../secret.js';
import type { MailAccount } from '../server-words.js';
import { imapError, isAnswer } from './imap-words.js';

export interface ImapAccess {
  /** Its name in `inbox.sources`. */
  source: string;
  settings: ImapSettings;
  /** Asked for at each connect: a token may have run out. */
  secret(): Promise<ImapSecret>;
  /** Waits between attempts to connect again, in milliseconds. */
  pauses?: readonly number[];
}

/** What is done in a mailbox; it is run again where the connection breaks, and says with `progressed` that it got on. */
type Work<T> = (client: ImapFlow, mailbox: MailboxObject, progressed: () => void) => Promise<T>;

const usualPauses = [500, 1000, 2000, 4000, 8000];

/** Bytes in one piece of an answer; what is asked for is smaller. */
const mostLiteral = 16 * 1024 * 1024;
/** Bytes of a line; the numbers of a million messages are 8 MB. */
const mostLine = 64 * 1024 * 1024;

/**
 * A connection to a mailbox server that is made when it is needed, and again where it breaks. One thing is done at a time.
 */
export class ImapConnection {
  #client: ImapFlow | undefined;
  /** The mailbox that is open, and for what. */
  #selected: string | undefined;
  #account: MailAccount;
  #queue: Promise<unknown> = Promise.resolve();
  #hasConnected = false;
  #isClosed = false;

  constructor(private readonly access: ImapAccess) {
    const { host, user } = access.settings;
    this.#account = { host, port: portOf(access.settings), user };
  }

  /**
   * Does something in a mailbox, opened to be read alone unless it must be written to. A broken connection is made anew
   * as often as there are pauses, counted from the last progress.
   * @throws ItacaError `refused` where the server refuses, or does not answer any more
   */
  in<T>(mailbox: string, work: Work<T>, mode: 'read' | 'write' = 'read'): Promise<T> {
    const done = this.#queue.then(() => this.#insist(mailbox, work, mode === 'read'));
    this.#queue = done.catch(() => {});
    return done;
  }

  async #insist<T>(path: string, work: Work<T>, readOnly: boolean): Promise<T> {
    const pauses = this.access.pauses ?? usualPauses;
    for (let failed = 0; ; ) {
      try {
        const client = await this.#connected();
        const key = `${readOnly ? 'read' : 'write'} ${path}`;
        if (this.#selected !== key) {
          this.#selected = undefined;
          await client.mailboxOpen(path, { readOnly });
          this.#selected = key;
        }
        return await work(client, client.mailbox as MailboxObject, () => {
          failed = 0;
        });
      } catch (error) {
        const pause = pauses[failed++];
        // A server that was never there is told at once.
        if (isAnswer(error) || pause === undefined || !this.#hasConnected || this.#isClosed)
          throw imapError(error, this.access.source, this.#account);
        this.#drop();
        await wait(pause);
      }
    }
  }

  async #connected(): Promise<ImapFlow> {
    if (this.#client?.usable) return this.#client;
    this.#drop();
    const secret = await this.access.secret();
    this.#account.password = secret.value;
    const { settings } = this.access;
    const { host, user } = settings;
    const secure = isSecure(settings);
    const { ImapFlow } = await import('imapflow');
    const client = new ImapFlow({
      host,
      port: portOf(settings),
      secure,
      // A password goes over the wire encrypted, or only within this machine.
      ...(secure || isLoopback(host) ? {} : { doSTARTTLS: true }),
      auth: { user, ...(secret.kind === 'token' ? { accessToken: secret.value } : { pass: secret.value }) },
      clientInfo: { name: 'itaca' },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: 30_000,
      socketTimeout: 120_000,
      maxLiteralSize: mostLiteral,
      maxLineLength: mostLine,
      maxResponseSize: mostLine + mostLiteral,
    });
    // What breaks fails what is under way, and is told there.
    client.on('error', () => {});
    this.#client = client;
    await client.connect().catch((error) => {
      this.#drop();
      throw error;
    });
    this.#hasConnected = true;
    return client;
  }

  #drop(): void {
    this.#client?.close();
    this.#client = undefined;
    this.#selected = undefined;
  }

  /** Ends the connection; what is under way fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const client = this.#client;
    if (client?.usable)
      await Promise.race([client.logout().catch(() => {}), wait(2000, undefined, { ref: false })]);
    this.#drop();
  }
}

function isSecure({ secure, port }: ImapSettings): boolean {
  return secure ?? (port === undefined || port === 993);
}

function portOf(settings: ImapSettings): number {
  return settings.port ?? (isSecure(settings) ? 993 : 143);
}
