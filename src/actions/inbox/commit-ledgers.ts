import { relative } from 'node:path';
import { eventLedgers } from '../../workspace/event-ledger.js';
import { inboxFolder, inboxLedgers } from '../../workspace/inbox-ledger.js';
import { eventsFolder } from '../import-events/event-ledgers.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';

/**
 * Commits what a pull that was killed had put into ledgers: to the next one it is on file, so that nobody would write it
 * again. Nothing happens where git has it all.
 */
export async function commitLedgers(tools: Tools): Promise<void> {
  const { workspace } = tools;
  const { root } = workspace;
  const also = (await inboxLedgers(root)).map((name) => `${inboxFolder}/${name}`);
  if (also.length === 0) return;
  for (const campaign of (await workspace.index()).list({ kinds: ['campaign'] })) {
    const folder = eventsFolder(workspace, campaign);
    const inWorkspace = relative(root, folder).replaceAll('\\', '/');
    also.push(...(await eventLedgers(folder)).map((name) => `${inWorkspace}/${name}`));
  }
  await write([], { subject: 'inbox pull: what an interrupted one took in', also, kept: true }, tools);
}
