import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { LeftOutReason } from '../../domain/campaigns/left-out.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { noPostalAddress } from '../../domain/campaigns/ready.js';
import { ItacaError } from '../../domain/error.js';
import { isoDate } from '../../domain/time/clock.js';
import { openTransport } from '../../mail/open-transport.js';
import { stateFolder } from '../../workspace/high-water.js';
import { SendJournal } from '../../workspace/journal.js';
import { freezePlan, requireSameContent } from '../../workspace/plan-file.js';
import type { Workspace } from '../../workspace/workspace.js';
import { cloneName } from '../clone-name.js';
import { type DeliverInput, type DeliverResult, deliver } from '../deliver.js';
import { nowIso } from '../new-record.js';
import { paceOf } from '../pace.js';
import type { Tools } from '../tools.js';
import { requireApproval } from './approval.js';
import { type Composer, composerOf } from './compose.js';
import { fileSends } from './file-sends.js';
import { type CampaignPlan, countsOf, planCampaign } from './plan-campaign.js';
import { campaignProblems, refusalOf } from './problems.js';
import { recheckOf } from './recheck.js';
import { PauseWatch } from './watch-pause.js';
import { sendsFolder } from './world.js';

/** In the keys of `--json`. audience = the sum of all the others. */
export interface SendCounts {
  audience: number;
  sent: number;
  unknown: number;
  deferred: number;
  rejected: number;
  remaining: number;
  left_out: Partial<Record<LeftOutReason, number>>;
  transport: string;
}

export interface SendOptions {
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Asks for the campaign's name; throws where it is not given. */
  confirm(plan: CampaignPlan): Promise<void>;
  progress(done: number, total: number): void;
}

export interface SendReport {
  counts: SendCounts;
  /** What the delivery said; absent for a dry run. */
  result?: DeliverResult;
  plan: CampaignPlan;
}

/**
 * Sends a campaign: to each person once, to nobody who must not get it, everybody accounted for.
 * A second send goes on where the first one ended, and can only take people out.
 * @throws ItacaError `refused` where a rule forbids it, `locked` where another process sends
 */
export async function sendCampaign(which: string, options: SendOptions, tools: Tools): Promise<SendReport> {
  const { workspace } = tools;
  const plan = await planCampaign(workspace, which);
  await refuseUnready(plan, workspace, tools);
  if (plan.frozen) requireSameContent(plan.frozen.header, plan.contentSha256);
  const composer = await composerOf(workspace, plan);
  // Everybody's message is made once before the first one leaves: a missing value stops the send, not half of it.
  for (const recipient of plan.plan.recipients) refuseFaulty(recipient, composer);
  const transportName = workspace.config.mail?.transport ?? 'outbox';
  if (tools.dryRun) return { counts: dryCounts(plan, transportName), plan };
  if (plan.plan.recipients.length === 0 && !plan.frozen) {
    // Nothing is frozen for nobody: whoever comes into the audience later can still be written to.
    return { counts: dryCounts(plan, transportName), plan };
  }
  await options.confirm(plan);

  const folder = sendsFolder(workspace, plan.campaign);
  const state = stateFolder(workspace.config.id, options.environment);
  const journal = await SendJournal.open({
    folder,
    campaignId: plan.campaign.id,
    state,
    clone: await cloneName(workspace),
    date: isoDate(tools.clock.now(), tools.clock.timeZone),
  });
  const watch = new PauseWatch(workspace, plan.campaign);
  let result: DeliverResult;
  try {
    if (!plan.frozen) {
      const { audience } = plan.campaign.data;
      const header = {
        content_sha256: plan.contentSha256,
        query: audience,
        at: nowIso(tools),
        by: tools.actor,
      };
      await freezePlan(folder, header, plan.plan);
    }
    const transport = await openTransport(workspace.root, workspace.config.mail ?? {}, options.environment);
    try {
      const total = plan.plan.recipients.length;
      const recheck = recheckOf(workspace, plan);
      const pace = paceWith(watch, throttleOf(workspace));
      result = await deliver({
        journal,
        transport,
        recipients: plan.plan.recipients,
        compose: (recipient, token) => composer.message(recipient, token),
        recheck: async (batch) => {
          await watch.look(true);
          return recheck(batch);
        },
        newToken: () => randomBytes(12).toString('hex'),
        now: () => nowIso(tools),
        signal: AbortSignal.any([options.signal, watch.signal]),
        onProgress: ({ sent, unknown, deferred, rejected, left_out }) =>
          options.progress(sent + unknown + deferred + rejected + left_out, total),
        ...(pace ? { pace } : {}),
      });
    } finally {
      await transport.close();
    }
  } finally {
    await journal.close();
  }
  const { campaign } = plan;
  if (watch.signal.aborted)
    tools.warn(
      `it was paused while it was sent: nothing more leaves until itaca campaign resume ${campaign.id}`,
    );
  const settled = result.remaining + result.deferred + result.unknown === 0;
  const subject = `campaign send ${campaign.id}: ${result.sent} sent`;
  await fileSends(campaign, { settled, folder, subject }, tools);
  return { counts: countsAfter(plan, result, transportName), result, plan };
}

async function refuseUnready(plan: CampaignPlan, workspace: Workspace, tools: Tools): Promise<void> {
  const { campaign } = plan;
  if (campaign.data.state === 'paused') {
    throw new ItacaError('refused', 'this campaign is paused', {
      path: campaign.path,
      hint: `itaca campaign resume ${campaign.id}, then send it`,
    });
  }
  const problem = campaignProblems(plan, workspace).find(({ severity }) => severity === 'error');
  if (problem) throw refusalOf(problem);
  await requireApproval(plan, workspace);
  if (!workspace.config.mail?.postal_address) tools.warn(noPostalAddress);
}

function refuseFaulty(recipient: Recipient, composer: Composer): void {
  const fault = composer.faults(recipient).find(({ severity }) => severity === 'error');
  if (fault) throw new ItacaError('refused', `${recipient.name} (${recipient.ref}): ${fault.message}`, fault);
}

function dryCounts(plan: CampaignPlan, transport: string): SendCounts {
  const { audience, to_send, left_out } = countsOf(plan);
  return { audience, sent: 0, unknown: 0, deferred: 0, rejected: 0, remaining: to_send, left_out, transport };
}

function countsAfter(plan: CampaignPlan, result: DeliverResult, transport: string): SendCounts {
  const { audience, left_out } = countsOf(plan);
  const all: Partial<Record<LeftOutReason, number>> = { ...left_out };
  for (const [reason, count] of Object.entries(result.left_out) as [LeftOutReason, number][]) {
    all[reason] = (all[reason] ?? 0) + count;
  }
  const { sent, unknown, deferred, rejected, remaining } = result;
  return { audience, sent, unknown, deferred, rejected, remaining, left_out: all, transport };
}

/** Most messages a minute, as `mail.throttle` says. */
function throttleOf({ config }: Workspace): number | undefined {
  const throttle = (config.mail as { throttle?: unknown } | undefined)?.throttle;
  const perMinute = Number(
    typeof throttle === 'object' ? (throttle as { per_minute?: unknown } | null)?.per_minute : throttle,
  );
  return perMinute > 0 ? perMinute : undefined;
}

/** The rate limit; while messages wait for it, a pause is noticed, too. */
function paceWith(watch: PauseWatch, perMinute: number | undefined): DeliverInput['pace'] {
  if (perMinute === undefined) return undefined;
  const pace = paceOf(perMinute, { now: () => performance.now(), sleep: pause });
  return async (signal) => {
    await pace(signal);
    await watch.look(false);
  };
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(milliseconds, undefined, signal ? { signal } : {}).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
}
