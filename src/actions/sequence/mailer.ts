import { join } from 'node:path';
import { isoDate } from '../../domain/time/clock.js';
import { openTransport } from '../../mail/open-transport.js';
import type { Transport } from '../../mail/transport.js';
import { sequenceFolder } from '../../workspace/config/sequences.js';
import { stateFolder } from '../../workspace/high-water.js';
import { SendJournal } from '../../workspace/journal.js';
import { cloneName } from '../clone-name.js';
import type { Tools } from '../tools.js';
import { sequenceId } from './as-campaign.js';

/** The journal of a sequence and the way its messages leave. */
export interface Mailer {
  journal: SendJournal;
  transport: Transport;
}

/**
 * Opens both for an action, and closes them after it.
 * @throws ItacaError `locked` where another process of this machine sends; `refused` where the journal is behind what this
 *   machine remembers; `invalid` where it cannot be read, or no transport be opened
 */
export async function withMailer<T>(
  name: string,
  environment: NodeJS.ProcessEnv,
  { workspace, clock }: Tools,
  action: (mailer: Mailer) => Promise<T>,
): Promise<T> {
  const { config, root } = workspace;
  const journal = await SendJournal.open({
    folder: join(root, sequenceFolder, name, 'sends'),
    campaignId: sequenceId(name),
    state: stateFolder(config.id, environment),
    clone: await cloneName(workspace),
    date: isoDate(clock.now(), clock.timeZone),
  });
  try {
    const transport = await openTransport(root, config.mail ?? {}, environment);
    try {
      return await action({ journal, transport });
    } finally {
      await transport.close();
    }
  } finally {
    await journal.close();
  }
}
