import { join } from 'node:path';
import type { Transport } from '../../mail/transport.js';
import { sequenceFolder } from '../../workspace/config/sequences.js';
import { type Claims, claimsOf } from '../campaign/claims.js';
import { paceWith } from '../campaign/throttle.js';
import { openJournal } from '../open-journal.js';
import { openMail } from '../open-mail.js';
import type { Pace } from '../pace.js';
import type { TeamLease } from '../run/team-lease.js';
import type { Tools } from '../tools.js';
import { sequenceId } from './as-campaign.js';

/** The journal of a sequence and the way its messages leave. */
export interface Mailer extends Claims {
  transport: Transport;
  pace?: Pace;
}

/**
 * Opens both for an action, and closes them after it.
 * @throws ItacaError `locked` where another process of this machine sends; `refused` where the journal is behind what this
 *   machine remembers; `invalid` where it cannot be read, or no transport be opened
 */
export async function withMailer<T>(
  name: string,
  { environment, team }: { environment: NodeJS.ProcessEnv; team: TeamLease | undefined },
  tools: Tools,
  action: (mailer: Mailer) => Promise<T>,
): Promise<T> {
  const { workspace } = tools;
  const { config, root } = workspace;
  const place = { folder: join(root, sequenceFolder, name, 'sends'), campaignId: sequenceId(name) };
  const journal = await openJournal(place, environment, tools);
  try {
    const transport = await openMail(workspace, environment);
    try {
      const pace = paceWith(config.mail?.throttle, async () => {});
      const claims = await claimsOf(journal, place, team, tools);
      return await action({ ...claims, transport, ...(pace ? { pace } : {}) });
    } finally {
      await transport.close();
    }
  } finally {
    await journal.close();
  }
}
