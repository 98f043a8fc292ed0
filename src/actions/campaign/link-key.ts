import type { LinkKey } from '../../domain/campaigns/tracking.js';
import type { Config } from '../../domain/config/config.js';
import { readSecret } from '../../mail/secret.js';

/**
 * What signs the links of messages, and verifies them when they come back: `mail.tracking.url`, and the key from
 * `ITACA_LINK_KEY`, else from `mail.tracking.key_command`.
 * @returns undefined where no redirector is configured, or no key is there
 * @throws ItacaError `refused` where the command fails
 */
export async function linkKeyOf(
  { mail }: Pick<Config, 'mail'>,
  environment: NodeJS.ProcessEnv,
): Promise<LinkKey | undefined> {
  const tracking = mail?.tracking;
  if (!tracking) return undefined;
  const command = tracking.key_command;
  const key = await readSecret(
    { variable: 'ITACA_LINK_KEY', command, setting: 'mail.tracking.key_command' },
    environment,
  );
  return key === undefined ? undefined : { url: tracking.url, key: key.split(/\r?\n/)[0] ?? '' };
}
