import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import { nextTry } from '../../domain/sending/back-off.js';
import type { SendRecord } from '../../domain/sending/ledger.js';
import { readJournals } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import { fileSends, isSettled } from '../campaign/file-sends.js';
import { type SendCounts, sendCampaign } from '../campaign/send-campaign.js';
import { sendsFolder } from '../campaign/world.js';
import { nowIso } from '../new-record.js';
import { openJournal } from '../open-journal.js';
import type { Tools } from '../tools.js';
import { whyOf } from './ready-notices.js';

/** What became of the messages of a campaign that a server had put off. */
export interface Retried extends Pick<SendCounts, 'sent' | 'deferred' | 'rejected' | 'unknown'> {
  id: string;
  title: string;
  /** Those that were put off too long, and are tried no more. */
  given_up: number;
  /** Why nothing was tried, where it should have been. */
  held: string | null;
}

interface RetryOptions {
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/**
 * Tries again what a server put off, each message when its time has come, and gives up after some days. Only campaigns
 * that a person sent and nobody paused; the same rules hold as for any send.
 */
export async function retryDeferred(options: RetryOptions, tools: Tools): Promise<Retried[]> {
  const { workspace, clock } = tools;
  const index = await workspace.index();
  const found: Retried[] = [];
  const campaigns = index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[];
  for (const campaign of campaigns.filter(({ data }) => data.state === 'sending')) {
    const { ledger } = await readJournals(sendsFolder(workspace, campaign));
    const due: Record<ReturnType<typeof nextTry>, SendRecord[]> = { wait: [], try: [], 'give up': [] };
    for (const record of ledger.records())
      if (record.state === 'deferred') due[nextTry(ledger, record, clock.now())].push(record);
    if (due.try.length + due['give up'].length === 0) continue;
    found.push(await retryOne(campaign, due, options, tools));
  }
  return found;
}

async function retryOne(
  campaign: StoredRecord<Campaign>,
  due: Record<'try' | 'give up', SendRecord[]>,
  { environment, signal }: RetryOptions,
  tools: Tools,
): Promise<Retried> {
  const { id, title } = campaign;
  const done: Retried = { id, title, sent: 0, deferred: 0, rejected: 0, unknown: 0, given_up: 0, held: null };
  if (tools.dryRun) return { ...done, deferred: due.try.length, given_up: due['give up'].length };
  try {
    if (due['give up'].length > 0) await giveUp(campaign, due['give up'], environment, tools);
    done.given_up = due['give up'].length;
    if (due.try.length === 0) return done;
    const only = new Set(due.try.map(({ intent }) => intent.address));
    const { counts, unpublished } = await sendCampaign(
      id,
      { environment, signal, only, offline: false, takeOver: false, confirm: async () => {}, progress() {} },
      tools,
    );
    const { sent, deferred, rejected, unknown } = counts;
    return { ...done, sent, deferred, rejected, unknown, held: unpublished ? whyOf(unpublished) : null };
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return { ...done, held: whyOf(error) };
  }
}

async function giveUp(
  campaign: StoredRecord<Campaign>,
  records: readonly SendRecord[],
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<void> {
  const { workspace } = tools;
  const folder = sendsFolder(workspace, campaign);
  const journal = await openJournal({ folder, campaignId: campaign.id }, environment, tools);
  let settled: boolean;
  try {
    await journal.conclude(
      records.map(({ intent, outcome }) => ({
        event: 'rejected',
        at: nowIso(tools),
        intent: intent.id,
        message_id: intent.message_id,
        address: intent.address,
        reply: `given up after being put off again and again: ${outcome?.reply ?? 'no reason was given'}`,
      })),
    );
    settled = await isSettled(folder, journal.ledger);
  } finally {
    await journal.close();
  }
  const subject = `campaign send ${campaign.id}: ${records.length} given up`;
  await fileSends(campaign, { settled, folder, subject }, tools);
}
