import { isoDate } from '../domain/time/clock.js';
import { stateFolder } from '../workspace/high-water.js';
import { type JournalPlace, SendJournal } from '../workspace/journal.js';
import { cloneName } from './clone-name.js';
import type { Tools } from './tools.js';

/** Opens a journal for what this clone writes today; throws as `SendJournal.open`. */
export async function openJournal(
  place: Pick<JournalPlace, 'folder' | 'campaignId'>,
  environment: NodeJS.ProcessEnv,
  { workspace, clock }: Pick<Tools, 'workspace' | 'clock'>,
): Promise<SendJournal> {
  return SendJournal.open({
    ...place,
    state: stateFolder(workspace.config.id, environment),
    clone: await cloneName(workspace),
    date: isoDate(clock.now(), clock.timeZone),
  });
}
