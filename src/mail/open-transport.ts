import { join } from 'node:path';
import type { Config } from '../domain/config/config.js';
import { ItacaError } from '../domain/error.js';
import { smtpPassword } from './secret.js';
import type { Transport } from './transport.js';

/**
 * The way messages leave, as `mail.transport` says: the outbox where nothing is said.
 * @param root of the workspace; `outbox/` and `eml/` lie in it
 * @throws ItacaError `invalid` where SMTP is asked for and no server named; `refused` where its password cannot be had
 */
export async function openTransport(
  root: string,
  mail: NonNullable<Config['mail']>,
  environment: NodeJS.ProcessEnv,
): Promise<Transport> {
  switch (mail.transport ?? 'outbox') {
    case 'outbox': {
      const { outboxTransport } = await import('./outbox.js');
      return outboxTransport(join(root, 'outbox'));
    }
    case 'eml': {
      const { emlTransport } = await import('./eml.js');
      return emlTransport(join(root, 'eml'));
    }
    case 'smtp': {
      const { smtp } = mail;
      if (!smtp)
        throw new ItacaError('invalid', 'mail.transport is smtp, but no server is named', {
          path: 'itaca.yaml',
          hint: 'set mail.smtp.host',
        });
      const { smtpTransport } = await import('./smtp.js');
      const password = smtp.user ? await smtpPassword(smtp.password_command, environment) : undefined;
      if (smtp.user !== undefined && password === undefined) {
        throw new ItacaError('refused', `mail.smtp.user is ${smtp.user}, but there is no password`, {
          path: 'itaca.yaml',
          hint: 'set mail.smtp.password_command, or ITACA_SMTP_PASSWORD',
        });
      }
      return smtpTransport({
        host: smtp.host,
        ...(smtp.port === undefined ? {} : { port: smtp.port }),
        ...(smtp.secure === undefined ? {} : { secure: smtp.secure }),
        ...(smtp.connections === undefined ? {} : { connections: smtp.connections }),
        ...(smtp.user === undefined ? {} : { user: smtp.user }),
        ...(password === undefined ? {} : { password }),
      });
    }
  }
}
