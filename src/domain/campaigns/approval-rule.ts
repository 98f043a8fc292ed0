import type { Config } from '../config/config.js';
import { canonicalEmail } from '../contacts/email-address.js';

/** When another member must agree before a campaign is sent, by `approval:` of `itaca.yaml`. */
export interface ApprovalRule {
  rule: 'four_eyes' | 'other_office';
  purposes?: readonly string[] | undefined;
  above?: number | undefined;
}

/** The rule of a workspace; undefined where nobody has to agree. */
export function approvalRule({ approval }: Config): ApprovalRule | undefined {
  const given = typeof approval === 'string' ? { rule: approval } : approval;
  if (given === undefined || given.rule === 'none') return undefined;
  return { ...given, rule: given.rule };
}

/**
 * The rule that holds for a campaign; undefined where it may be sent without an approval.
 * @param people whom the first send goes to: those who already got it count, too
 */
export function ruleFor(config: Config, purpose: string, people: number): ApprovalRule | undefined {
  const rule = approvalRule(config);
  if (!rule || people <= (rule.above ?? -1)) return undefined;
  // A slip of the pen in the rule must not let a campaign through.
  if (unknownPurposes(rule, config).length > 0) return rule;
  return rule.purposes === undefined || rule.purposes.includes(purpose) ? rule : undefined;
}

/** Purposes of a rule that the workspace does not list, where it lists any. */
export function unknownPurposes({ purposes = [] }: ApprovalRule, config: Config): string[] {
  return purposes.filter((purpose) => config.purposes !== undefined && !(purpose in config.purposes));
}

/** E-mail addresses of a member in the spelling in which they are compared. */
export function addressesOfMember({ members }: Config, member: string): string[] {
  return (members?.[member]?.emails ?? []).map(identityOf);
}

/** An address of git's or of a member, as it is compared: git knows people by it. */
export function identityOf(address: string): string {
  return canonicalEmail(address) ?? address.trim().toLowerCase();
}

/** The members whom git can tell from all others. */
export function membersWithAddress(config: Config): { member: string; office: string | undefined }[] {
  const all = Object.entries(config.members ?? {});
  const count = new Map<string, number>();
  for (const [member] of all)
    for (const address of new Set(addressesOfMember(config, member)))
      count.set(address, (count.get(address) ?? 0) + 1);
  return all.flatMap(([member, { office }]) =>
    addressesOfMember(config, member).some((address) => count.get(address) === 1) ? [{ member, office }] : [],
  );
}
