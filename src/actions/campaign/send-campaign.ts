import { randomBytes } from 'node:crypto';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { LeftOutReason } from '../../domain/campaigns/left-out.js';
import type { Recipient, SendPlan } from '../../domain/campaigns/plan.js';
import { noPostalAddress } from '../../domain/campaigns/ready.js';
import type { Throttle } from '../../domain/config/throttle.js';
import { ItacaError } from '../../domain/error.js';
import { startOf } from '../../domain/time/clock.js';
import { freezePlan, requireSameContent } from '../../workspace/plan-file.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type DeliverResult, deliver } from '../deliver.js';
import { nowIso } from '../new-record.js';
import { openJournal } from '../open-journal.js';
import { giveBack, publish, type TeamLease } from '../run/team-lease.js';
import type { Tools } from '../tools.js';
import { requireApproval } from './approval.js';
import { composerFor, openWay, refuseOutput, wayOf } from './channel.js';
import { claimsOf } from './claims.js';
import type { Composer } from './compose.js';
import { fileSends, isSettled, stateNow } from './file-sends.js';
import { languageProblems } from './languages.js';
import { openMaker } from './maker.js';
import { type CampaignPlan, countsOf, planCampaign } from './plan-campaign.js';
import { campaignProblems, refusalOf } from './problems.js';
import { recheckOf } from './recheck.js';
import { type RightOptions, rightToSend } from './right-to-send.js';
import { leastPerMinute, paceWith } from './throttle.js';
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
  /** What letters or calls were written to, relative to the workspace. */
  files?: string[];
}

export interface SendOptions extends RightOptions {
  /** Where the file of letters or calls appears; in the workspace where it is not said. */
  output?: string | undefined;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Canonical addresses of those it is sent to now; all where it is not said. */
  only?: ReadonlySet<string>;
  /** Asks for the campaign's name; throws where it is not given. */
  confirm(plan: CampaignPlan): Promise<void>;
  progress(done: number, total: number): void;
}

export interface SendReport {
  counts: SendCounts;
  /** What the delivery said; absent for a dry run. */
  result?: DeliverResult;
  plan: CampaignPlan;
  /** Why the team does not have what was sent, where it should; until it has, the lease stays with this clone. */
  unpublished?: ItacaError;
}

/** So many bytes of messages are made ahead at a time. */
const aheadBytes = 16 * 1024 * 1024;

/** A push to the team's remote may take a second, in which this many messages leave. */
const mostClaimed = 1000;

/**
 * How many messages share one look at what forbids them and one write of intents, and how many one claim. Where few
 * leave a minute, so few that nobody waits long after the look; and no more than fit into memory.
 */
function batchesFor(concurrency: number, bytes: number, throttle: Throttle | undefined) {
  const fitting = Math.max(concurrency, Math.min(50, Math.floor(aheadBytes / (bytes + 1))));
  const slowest = leastPerMinute(throttle);
  const batchSize = Math.min(fitting, Math.max(concurrency, Math.ceil(slowest / 60)));
  return { batchSize, claimSize: Math.min(mostClaimed, batchSize * (slowest === Infinity ? 20 : 5)) };
}

/**
 * Sends a campaign: to each person once, to nobody who must not get it, everybody accounted for.
 * A second send goes on where the first one ended, and can only take people out.
 *
 * By SMTP, in a team with a remote, it sends only under the team's lease, after taking in what others sent.
 * @throws ItacaError `refused` where a rule forbids it, `locked` where another process or clone sends
 */
export async function sendCampaign(which: string, options: SendOptions, tools: Tools): Promise<SendReport> {
  const { workspace } = tools;
  const plan = await readyPlan(which, options, tools);
  const transport = wayOf(workspace, plan.campaign);
  // Nothing is frozen for nobody: whoever comes into the audience later can still be written to.
  if (tools.dryRun || (plan.plan.recipients.length === 0 && !plan.frozen))
    return { counts: dryCounts(plan, transport), plan };
  await options.confirm(plan);
  const { team, news } = await rightToSend(
    { what: `campaign "${plan.campaign.title}"`, way: transport },
    options,
    tools,
  );
  let sent = false;
  try {
    // What others did meanwhile may forbid it, or part of it.
    const now = news ? await readyPlan(plan.campaign.id, options, tools) : plan;
    sent = true;
    const { files, ...result } = await sendPlanned(now, team, options, tools);
    const unpublished = team && (await giveBack(team, { wrote: true, sent }, tools));
    const counts = { ...countsAfter(now, result, transport), ...(files.length > 0 ? { files } : {}) };
    return { counts, result, plan: now, ...(unpublished ? { unpublished } : {}) };
  } catch (error) {
    if (team) await giveBack(team, { wrote: true, sent }, tools);
    throw error;
  }
}

/** The plan of a send that may begin. */
async function readyPlan(
  which: string,
  { only, output, environment }: Pick<SendOptions, 'only' | 'output' | 'environment'>,
  tools: Tools,
): Promise<CampaignPlan> {
  const { workspace } = tools;
  const whole = await planCampaign(workspace, which);
  const plan = only ? { ...whole, plan: concerning(only, whole.plan) } : whole;
  await refuseUnready(plan, workspace, tools);
  if (plan.frozen) requireSameContent(plan.frozen.header, plan.contentSha256);
  refuseOutput(output, plan.campaign);
  const composer = await composerFor(workspace, plan, environment);
  // Everybody's message is made once before the first one leaves: a missing value stops the send, not half of it.
  for (const recipient of plan.plan.recipients) refuseFaulty(recipient, composer);
  return plan;
}

function concerning(only: ReadonlySet<string>, { recipients, leftOut }: SendPlan): SendPlan {
  return { recipients: recipients.filter(({ canonical }) => only.has(canonical)), leftOut };
}

async function sendPlanned(
  plan: CampaignPlan,
  team: TeamLease | undefined,
  options: SendOptions,
  tools: Tools,
): Promise<DeliverResult & { files: string[] }> {
  const { workspace } = tools;
  const { campaign } = plan;
  const { recipients } = plan.plan;
  const folder = sendsFolder(workspace, campaign);
  const place = { folder, campaignId: campaign.id };
  const journal = await openJournal(place, options.environment, tools);
  const watch = new PauseWatch(() => stateNow(campaign, workspace));
  let result: DeliverResult;
  let written: string[] = [];
  try {
    const maker = await openMaker(workspace, plan, options.environment);
    const { transport, files } = await openWay(workspace, campaign, options);
    try {
      if (!plan.frozen) {
        const { audience } = campaign.data;
        const header = {
          content_sha256: plan.contentSha256,
          query: audience,
          at: nowIso(tools),
          by: tools.actor,
        };
        await freezePlan(folder, header, plan.plan);
        if (team) await publishPlan(campaign, folder, team, tools);
      }
      const recheck = recheckOf(workspace, plan);
      // What leaves together waits for nothing.
      const pace = transport.batch
        ? undefined
        : paceWith(workspace.config.mail?.throttle, () => watch.look(false));
      const [first] = recipients;
      const bytes = first ? (await maker.message(first, 'size')).raw.length : 0;
      result = await deliver({
        ...(await claimsOf(journal, place, team, tools)),
        transport,
        recipients,
        messageId: maker.messageId,
        compose: maker.message,
        recheck: async (batch) => {
          await watch.look(true);
          return recheck(batch);
        },
        newToken: () => randomBytes(12).toString('hex'),
        now: () => nowIso(tools),
        signal: AbortSignal.any([options.signal, watch.signal]),
        onProgress: ({ sent, unknown, deferred, rejected, left_out }) =>
          options.progress(sent + unknown + deferred + rejected + left_out, recipients.length),
        ...batchesFor(transport.concurrency, bytes, workspace.config.mail?.throttle),
        ...(pace ? { pace } : {}),
      });
      written = files();
    } finally {
      await Promise.all([transport.close(), maker.close()]);
    }
  } finally {
    await journal.close();
  }
  if (watch.signal.aborted)
    tools.warn(
      `it was paused while it was sent: nothing more leaves until itaca campaign resume ${campaign.id}`,
    );
  const settled = options.only
    ? await isSettled(folder, journal.ledger)
    : result.remaining + result.deferred + result.unknown === 0;
  const subject = `campaign send ${campaign.id}: ${result.sent} sent`;
  await fileSends(campaign, { settled, folder, subject }, tools);
  return { ...result, files: written };
}

/** Lets the team have the plan before the first message leaves: whoever takes over goes on with the same one. */
async function publishPlan(
  campaign: StoredRecord<Campaign>,
  folder: string,
  team: TeamLease,
  tools: Tools,
): Promise<void> {
  const subject = `campaign send ${campaign.id}: its plan`;
  await fileSends(campaign, { settled: false, folder, subject }, tools);
  await publish(team, tools);
}

async function refuseUnready(plan: CampaignPlan, workspace: Workspace, tools: Tools): Promise<void> {
  const { campaign } = plan;
  if (campaign.data.state === 'paused') {
    throw new ItacaError('refused', 'this campaign is paused', {
      path: campaign.path,
      hint: `itaca campaign resume ${campaign.id}, then send it`,
    });
  }
  const { send_at } = campaign.data;
  const planned = send_at === undefined ? undefined : startOf(send_at, tools.clock.timeZone);
  if (planned !== undefined && planned > tools.clock.now()) {
    throw new ItacaError('refused', `this campaign is planned for ${send_at}`, {
      path: campaign.path,
      hint: 'wait until then, or take send_at out to send it now',
    });
  }
  const problems = [...(await campaignProblems(plan, workspace)), ...languageProblems(plan)];
  const problem = problems.find(({ severity }) => severity === 'error');
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
