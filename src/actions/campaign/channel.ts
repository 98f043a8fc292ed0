import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import { isoDate } from '../../domain/time/clock.js';
import type { MergeFile } from '../../mail/merge-file.js';
import type { Transport } from '../../mail/transport.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { cloneName } from '../clone-name.js';
import { openMail } from '../open-mail.js';
import { type Composer, composerOf } from './compose.js';
import { letterComposer } from './letter-composer.js';
import type { CampaignPlan } from './plan-campaign.js';

type Of = StoredRecord<Campaign>;

/** The folders of the files that letter and phone campaigns write, which git overlooks: they hold people's addresses. */
const folders = { letter: 'letters', phone: 'call-lists' } as const;

const fileChannelOf = ({ data: { channel } }: Of) =>
  channel === 'letter' || channel === 'phone' ? channel : undefined;

/** Whether a campaign's messages go into a file, for the printer or the telephone. */
export const isByFile = (campaign: Of): boolean => fileChannelOf(campaign) !== undefined;

/** What makes a campaign's messages: mails, letters, or what is said in calls. Throws as the composer of each. */
export function composerFor(
  workspace: Workspace,
  plan: CampaignPlan,
  environment?: NodeJS.ProcessEnv,
): Promise<Composer> {
  return isByFile(plan.campaign) ? letterComposer(workspace, plan) : composerOf(workspace, plan, environment);
}

/** How a campaign's messages leave, for people: `letter`, `phone`, or what `mail.transport` says. */
export function wayOf({ config }: Workspace, campaign: Of): string {
  return fileChannelOf(campaign) ?? config.mail?.transport ?? 'outbox';
}

/**
 * Refuses a file that a send could not write to.
 * @param output as on the command line; relative to the current folder
 * @throws ItacaError `usage`
 */
export function refuseOutput(output: string | undefined, campaign: Of): void {
  if (output === undefined) return;
  if (!fileChannelOf(campaign)) {
    throw new ItacaError('usage', 'a campaign by e-mail writes no file', { hint: 'leave --output away' });
  }
  if (existsSync(output)) {
    throw new ItacaError('usage', `there is a file ${output} already`, { hint: 'name a new one' });
  }
  if (!existsSync(dirname(resolve(output))))
    throw new ItacaError('usage', `there is no folder ${dirname(output)}`, { hint: 'make it first' });
}

/**
 * Opens the way a campaign's messages leave.
 * @returns with the files that it writes, relative to the workspace where they lie in it
 * @throws ItacaError as `openMail`
 */
export async function openWay(
  workspace: Workspace,
  campaign: Of,
  { environment, output }: { environment: NodeJS.ProcessEnv; output?: string | undefined },
): Promise<{ transport: Transport; files(): string[] }> {
  const channel = fileChannelOf(campaign);
  if (!channel) return { transport: await openMail(workspace, environment), files: () => [] };
  const [{ mergeFile }, { csvText }] = await Promise.all([
    import('../../mail/merge-file.js'),
    import('../../csv/write-csv.js'),
  ]);
  const { clock, root } = workspace;
  const folder = join(root, folders[channel], campaign.ref);
  const name = `${isoDate(clock.now(), clock.timeZone)}.csv`;
  const open = mergeFile({
    folder,
    target: output === undefined ? join(folder, name) : resolve(output),
    channel,
    clone: await cloneName(workspace),
    textOf: (rows) => {
      const keys = Object.keys(rows[0] ?? {});
      // The mark by which word processors and spreadsheets know UTF-8.
      return csvText([keys, ...rows.map((row) => keys.map((key) => row[key] ?? ''))], { bom: true });
    },
  });
  const transport: MergeFile = await open.catch((cause: Error) => {
    throw new ItacaError('refused', `the files cannot be written: ${cause.message}`, {
      path: relative(root, folder),
      hint: 'nothing was sent; make room for the folder',
      cause,
    });
  });
  const shown = (file: string) => {
    const way = relative(root, file);
    return way.startsWith('..') ? file : way;
  };
  return { transport, files: () => transport.files.map(shown) };
}
