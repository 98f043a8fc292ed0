import { approvalKey, refusalOf, type Signer, standingApprovals } from '../../domain/campaigns/approval.js';
import { type ApprovalRule, approvalRule, ruleFor } from '../../domain/campaigns/approval-rule.js';
import type { Approval, Campaign } from '../../domain/campaigns/campaign.js';
import { rulesSha256 } from '../../domain/campaigns/content.js';
import type { Config } from '../../domain/config/config.js';
import { ItacaError } from '../../domain/error.js';
import { committerOf } from '../../git/import-commit.js';
import type { StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { campaignHistory } from './campaign-history.js';
import { type CampaignPlan, countsOf, planCampaign } from './plan-campaign.js';
import { campaignProblems, refusalOf as sendRefusal } from './problems.js';

/** What is signed, in the keys of `--json`. */
export interface Signed {
  id: string;
  ref: string;
  title: string;
  state: Campaign['state'];
  by: string;
  at: string;
  content_sha256: string;
  rules_sha256: string;
  /** The rule that asks for it; null where none does. */
  rule: ApprovalRule['rule'] | null;
  /** Whether the same member had approved exactly this before. */
  already: boolean;
  subject: Campaign['subject'] | null;
  /** Who writes, as the campaign or else itaca.yaml says; null for what is no mail. */
  from: string | null;
  /** Each body, whole, by its language, `*` for any. */
  text: Record<string, string>;
  /** Names of files in the campaign's folder. */
  attachments: string[];
  /** The query, and the queries taken away from it. */
  query: string;
  exclude: string[];
  audience: number;
  to_send: number;
  left_out: Partial<Record<string, number>>;
}

/**
 * Approves a campaign as it stands: what it says, in whose name, and to whom. What would not count is refused.
 * @param confirm shown what is signed before it is; throws on a no
 * @throws ItacaError `refused` where this member's word does not count, or the campaign cannot be sent as it is
 */
export async function approveCampaign(
  which: string,
  confirm: (signed: Signed) => Promise<void>,
  tools: Tools,
): Promise<Signed> {
  const { workspace, actor } = tools;
  const plan = await planCampaign(workspace, which);
  const { id, path, data } = plan.campaign;
  const { state } = data;
  if (!isMember(actor, workspace.config))
    throw new ItacaError('refused', `this approval would not count: ${actor} is no member`, {
      path,
      hint: `approve as a member, who is known by his address in git, or with --as; or add members.${actor} to itaca.yaml, with emails`,
    });
  if (state === 'cancelled' || state === 'finished')
    throw new ItacaError('refused', `this campaign is ${state}`, { path });
  const [problem] = (await campaignProblems(plan, workspace)).filter(({ severity }) => severity === 'error');
  if (problem) throw sendRefusal(problem);
  const approval: Approval = {
    by: actor,
    at: nowIso(tools),
    content_sha256: plan.contentSha256,
    rules_sha256: rulesSha256(data, workspace.config),
  };
  const people = (plan.frozen ?? plan.plan).recipients.length;
  const rule = ruleFor(workspace.config, data.purpose, people);
  const before = standingApprovals(data.approvals).find(
    ({ by, content_sha256, rules_sha256 }) =>
      by === actor && content_sha256 === approval.content_sha256 && rules_sha256 === approval.rules_sha256,
  );
  const already = await refuseVoid(plan.campaign, before, tools);
  const next = already || state !== 'draft' ? state : 'approved';
  const signed = signedOf(plan, already ? (before as Approval) : approval, next, {
    rule,
    already,
    config: workspace.config,
  });
  if (already) return signed;
  await confirm(signed);
  const written = await write(
    [
      {
        op: 'update',
        kind: 'campaign',
        id,
        path,
        set: { ...(next === state ? {} : { state: next }) },
        append: { approvals: [approval] },
      },
    ],
    { subject: `${tools.command} ${id}` },
    tools,
  );
  if (rule && written && written.commit === undefined)
    tools.warn('the approval counts once it is committed, by the one who gave it');
  return signed;
}

/**
 * Refuses an approval that would not count, where the workspace asks for approvals at all.
 * @param before the member's approval of exactly this; one that does not count, such as one made by somebody else under
 * his name, does not stand in the way of his own
 * @returns whether the one before counts
 */
async function refuseVoid(
  campaign: StoredRecord<Campaign>,
  before: Approval | undefined,
  { workspace, actor }: Tools,
): Promise<boolean> {
  const { config, root } = workspace;
  // Of the rule what it asks of the member counts, whether or not it holds for this campaign as it is now.
  const rule = approvalRule(config);
  if (!rule) return before !== undefined;
  const history = await campaignHistory(workspace, campaign);
  const context = { rule, campaign: campaign.data, config, history };
  const signers = history?.added.get(before ? approvalKey(before) : '');
  if (before && signers && !refusalOf(actor, signers, context)) return true;
  const refusal = refusalOf(actor, [await me(root)], context);
  if (!refusal) return false;
  const { message, ...hint } = refusal;
  throw new ItacaError('refused', `this approval would not count: ${message}`, {
    path: campaign.path,
    ...hint,
  });
}

/** Whether somebody may speak here; where no members are listed, everybody. */
function isMember(name: string, { members = {} }: Config): boolean {
  return Object.keys(members).length === 0 || Object.hasOwn(members, name);
}

/** Who git takes the one who sits here for. */
async function me(root: string): Promise<Signer> {
  const identity = await committerOf(root, { name: '', email: '' });
  const email = /<([^>]*)>/.exec(identity)?.[1] ?? '';
  return { author: email, committer: email };
}

function signedOf(
  plan: CampaignPlan,
  { by, at, content_sha256, rules_sha256 }: Approval,
  state: Campaign['state'],
  { rule, already, config }: { rule: ApprovalRule | undefined; already: boolean; config: Config },
): Signed {
  const { campaign, bodies } = plan;
  const { id, ref, data } = campaign;
  const isMail = (data.channel ?? 'email') === 'email';
  return {
    id,
    ref,
    title: data.title,
    state,
    by,
    at,
    content_sha256,
    rules_sha256: rules_sha256 ?? '',
    rule: rule?.rule ?? null,
    already,
    subject: data.subject ?? null,
    from: isMail ? (data.from ?? config.mail?.from ?? null) : null,
    text: Object.fromEntries([...bodies].map(([language, { text }]) => [language, text])),
    attachments: data.attachments ?? [],
    query: data.audience,
    exclude: data.exclude ?? [],
    ...countsOf(plan),
  };
}

export interface Revoked {
  id: string;
  ref: string;
  title: string;
  state: Campaign['state'];
  by: string;
  at: string;
}

/**
 * Takes back what this member approved or, where he approved nothing, what somebody did who is no member. It is an entry of its own, so that what was approved and when stays on record.
 * @throws ItacaError `refused` where there is nothing of his to take back
 */
export async function revokeApproval(which: string, tools: Tools): Promise<Revoked> {
  const { workspace, actor } = tools;
  const { id, ref, title, path, data } = await findRecord<Campaign>(workspace, which, ['campaign']);
  const standing = standingApprovals(data.approvals);
  const mine =
    standing.find(({ by }) => by === actor) ?? standing.find(({ by }) => !isMember(by, workspace.config));
  if (!mine) {
    const hint = `to keep it from being sent: itaca campaign pause ${id}`;
    throw new ItacaError('refused', `${actor} has approved nothing here that could be taken back`, {
      path,
      hint,
    });
  }
  const at = nowIso(tools);
  const others = standing.some(({ by }) => by !== mine.by);
  const state = data.state === 'approved' && !others ? 'draft' : data.state;
  const { content_sha256 } = mine;
  const whose = mine.by === actor ? {} : { of: mine.by };
  await write(
    [
      {
        op: 'update',
        kind: 'campaign',
        id,
        path,
        set: { ...(state === data.state ? {} : { state }) },
        append: { approvals: [{ by: actor, at, content_sha256, revoked: true, ...whose }] },
      },
    ],
    { subject: `${tools.command} ${id}: taken back` },
    tools,
  );
  return { id, ref, title, state, by: actor, at };
}
