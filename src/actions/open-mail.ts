import { type DkimSigner, dkimSigner, signedBy } from '../mail/dkim.js';
import { openTransport } from '../mail/open-transport.js';
import type { Transport } from '../mail/transport.js';
import type { Workspace } from '../workspace/workspace.js';
import { dkimKey } from './dkim-key.js';

type Settings = Pick<Workspace, 'root' | 'config'>;

/**
 * Opens the way messages leave, with the signature of the domain where one is set.
 * @throws ItacaError `refused` where the key or the password cannot be had; as `openTransport`
 */
export async function openMail(workspace: Settings, environment: NodeJS.ProcessEnv): Promise<Transport> {
  const { root, config } = workspace;
  const signer = await mailSigner(workspace, environment);
  const transport = await openTransport(root, config.mail ?? {}, environment);
  return signer ? signedBy(signer, transport) : transport;
}

/**
 * Signs messages as `mail.dkim` says; undefined where it says nothing.
 * @throws ItacaError `refused` where the key cannot be had, or cannot sign
 */
export async function mailSigner(
  { root, config }: Settings,
  environment: NodeJS.ProcessEnv,
): Promise<DkimSigner | undefined> {
  const { dkim } = config.mail ?? {};
  return dkim && dkimSigner(dkim, await dkimKey(root, dkim, environment));
}
