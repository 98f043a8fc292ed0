import type { Config } from '../config/config.js';
import { type ApprovalRule, addressesOfMember, identityOf } from './approval-rule.js';
import type { Approval, Campaign } from './campaign.js';
import { day } from './moment.js';

/** Who made a commit, as far as git knows. */
export interface Signer {
  /** E-mail address of the author. */
  author: string;
  committer: string;
  /** The member whom the commit names as the one who acted, which `--as` chooses freely. */
  actor?: string;
}

/** What git tells about a campaign. */
export interface CampaignHistory {
  /** Who wrote what is to be sent, or to whom. */
  authors: readonly Signer[];
  /** The commits that added each approval, by `approvalKey`. */
  added: ReadonlyMap<string, readonly Signer[]>;
  /** A file of the campaign that is not in the last commit as it stands: nobody is known to have written it. */
  uncommitted?: string;
}

/** What an approval is judged by. */
export interface ApprovalContext {
  rule: ApprovalRule;
  campaign: Campaign;
  config: Config;
  /** Undefined where there is no git. */
  history: CampaignHistory | undefined;
}

export interface Refusal {
  message: string;
  hint?: string;
}

export interface ApprovalStanding {
  rule: ApprovalRule['rule'] | null;
  /** `void`: there is one, and it does not count. */
  state: 'not_needed' | 'missing' | 'approved' | 'void';
  /** Of the approval that counts, or else of the last that does not. */
  by: string | null;
  at: string | null;
  /** Why nothing may be sent; null where it may. */
  why: string | null;
  hint: string | null;
}

/** What tells one approval of a campaign from another. */
export function approvalKey(approval: Approval): string {
  const { by, at, content_sha256, rules_sha256, revoked } = approval;
  return JSON.stringify([by, at, content_sha256, rules_sha256 ?? '', revoked === true]);
}

/** The approvals that their members have not taken back, the last first. */
export function standingApprovals(approvals: readonly Approval[] = []): Approval[] {
  const time = ({ at }: Approval) => Date.parse(at);
  return approvals
    .filter(
      (one) =>
        one.revoked !== true &&
        !approvals.some(
          (other) => other.revoked === true && (other.of ?? other.by) === one.by && time(other) >= time(one),
        ),
    )
    .sort((a, b) => time(b) - time(a));
}

/**
 * Whether a campaign is approved as its rule asks: by another member, under another git identity than of those who asked
 * for it or wrote it, and as it stands now.
 * @param now the hashes of the content and of the rules
 */
export function judgeApprovals(
  context: ApprovalContext,
  now: { contentSha256: string; rulesSha256: string },
): ApprovalStanding {
  const { rule, campaign, history } = context;
  const standing = standingApprovals(campaign.approvals);
  const whose = rule.rule === 'other_office' ? 'a member of another office' : 'another member';
  const hint = `itaca campaign approve ${JSON.stringify(campaign.title)}, by ${whose} in his own clone`;
  let reason: Refusal | undefined;
  for (const one of standing) {
    const why = voidSince(one, now) ?? refusalOf(one.by, history?.added.get(approvalKey(one)) ?? [], context);
    if (!why) return { rule: rule.rule, state: 'approved', by: one.by, at: one.at, why: null, hint: null };
    reason ??= {
      hint,
      ...why,
      message: `the approval by ${one.by} of ${day(one.at)} is void: ${why.message}`,
    };
  }
  const [last] = standing;
  const taken = campaign.approvals?.filter(({ revoked }) => revoked).at(-1);
  const missing = {
    message: taken
      ? `${taken.by} took the approval back on ${day(taken.at)}`
      : `itaca.yaml asks for an approval by ${whose}, and there is none`,
    hint,
  };
  const said = reason ?? missing;
  return {
    rule: rule.rule,
    state: last ? 'void' : 'missing',
    by: last?.by ?? null,
    at: last?.at ?? null,
    why: said.message,
    hint: said.hint ?? null,
  };
}

function voidSince(
  approval: Approval,
  now: { contentSha256: string; rulesSha256: string },
): Refusal | undefined {
  if (approval.content_sha256 !== now.contentSha256)
    return { message: 'the content has changed since, or to whom it goes' };
  if (approval.rules_sha256 !== now.rulesSha256)
    return { message: 'what itaca.yaml says about sender, basis or limits has changed since' };
  return undefined;
}

/**
 * Why a member's approval does not count; undefined where it does. Asked before he approves, and again at each send.
 * @param signers of the commits that hold the approval: each of them must be his
 */
export function refusalOf(
  by: string,
  signers: readonly Signer[],
  { rule, campaign, config, history }: ApprovalContext,
): Refusal | undefined {
  if (!(by in (config.members ?? {})))
    return { message: `${by} is no member`, hint: `add members.${by} to itaca.yaml, with emails` };
  if (by === campaign.requested_by)
    return { message: `${by} asked for this campaign; another member must agree` };
  const own = new Set(addressesOfMember(config, by));
  if (own.size === 0) {
    const message = `itaca.yaml lists no e-mail address of ${by}, so git cannot show who approved`;
    return { message, hint: `add the address of his git identity as members.${by}.emails` };
  }
  if (!history) {
    const hint = 'git init, then commit what there is';
    return { message: 'outside git nobody can tell who approved', hint };
  }
  if (history.uncommitted !== undefined) {
    const message = `${history.uncommitted} is not committed as it stands, so nobody is known to have written it`;
    return { message, hint: 'commit it, under the name of whoever wrote it' };
  }
  return (
    foreignSigner(by, own, signers, config) ??
    ownWork(by, own, history) ??
    sameOffice(by, rule, campaign, config)
  );
}

/** Whether somebody else committed the approval. */
function foreignSigner(
  by: string,
  own: ReadonlySet<string>,
  signers: readonly Signer[],
  config: Config,
): Refusal | undefined {
  if (signers.length === 0)
    return { message: 'it is in no commit', hint: `${by} commits it, under his own name` };
  const others = (address: string) =>
    Object.keys(config.members ?? {}).filter(
      (member) => member !== by && addressesOfMember(config, member).includes(identityOf(address)),
    );
  for (const { author, committer } of signers) {
    const mine = [author, committer].filter((address) => own.has(identityOf(address)));
    const shared = mine.find((address) => others(address).length > 0);
    if (shared !== undefined)
      return {
        message: `${shared} is an address of ${by} and of ${others(shared)[0]}, so git cannot tell them apart`,
        hint: 'give each an address of his own in itaca.yaml and in git',
      };
    const foreign = !mine.includes(author) ? author : others(committer).length > 0 ? committer : undefined;
    if (foreign !== undefined)
      return {
        message: `git knows who committed it as ${foreign || 'nobody'}, which is not ${by}; --as makes no second pair of eyes`,
        hint: `${by} approves in his own clone: git config user.email ${config.members?.[by]?.emails?.[0] ?? ''}`,
      };
  }
  return undefined;
}

/** Whether the member had a hand in what he approves. */
function ownWork(by: string, own: ReadonlySet<string>, { authors }: CampaignHistory): Refusal | undefined {
  const wrote = authors.some(
    ({ author, committer, actor }) =>
      actor === by || own.has(identityOf(author)) || own.has(identityOf(committer)),
  );
  return wrote ? { message: `${by} wrote part of it; another member must agree` } : undefined;
}

function sameOffice(
  by: string,
  { rule }: ApprovalRule,
  { office, requested_by }: Campaign,
  { members = {} }: Config,
): Refusal | undefined {
  if (rule !== 'other_office') return undefined;
  const whose = office ?? members[requested_by ?? '']?.office;
  const his = members[by]?.office;
  if (whose === undefined)
    return {
      message: 'the campaign names no office that another could be told from',
      hint: 'set office: in it',
    };
  if (his === undefined)
    return { message: `itaca.yaml gives ${by} no office`, hint: `set members.${by}.office` };
  return his === whose ? { message: `${by} is of the office ${whose}, whose campaign it is` } : undefined;
}
