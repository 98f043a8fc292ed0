import { type SecretCommand, secretFrom } from './secret.js';

/**
 * The password for the mail server: from `ITACA_SMTP_PASSWORD`, else what the configured command prints. It is never
 * read from `itaca.yaml`, which is shared.
 * @param environment of the process
 * @returns undefined where neither is there
 * @throws ItacaError `refused` where the command fails or prints nothing
 */
export function smtpPassword(
  command: SecretCommand | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const key = 'mail.smtp.password_command';
  return secretFrom({ variable: 'ITACA_SMTP_PASSWORD', command, key }, environment);
}
