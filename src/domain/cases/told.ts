import type { Config } from '../config/config.js';
import type { Case } from './case.js';

/**
 * The members whom a step of an escalation tells.
 * @param notify a member, an office (all its members), `owner`, or `reports_to` (whom the owner reports to; the owner
 *   where that is nobody). For a case that nobody owns, or somebody who left, the owner is that of its channel, or else
 *   who reports to nobody in its office
 * @returns their names in `itaca.yaml`; none where nobody can be told
 */
export function membersTold(
  notify: string,
  kase: Pick<Case, 'owner' | 'office' | 'channel'>,
  { members = {}, offices = {}, channels = {} }: Pick<Config, 'members' | 'offices' | 'channels'>,
): string[] {
  const isMember = (name: string | undefined): name is string =>
    name !== undefined && Object.hasOwn(members, name);
  if (isMember(notify)) return [notify];
  if (Object.hasOwn(offices, notify))
    return Object.keys(members).filter((member) => members[member]?.office === notify);
  const ofChannel = kase.channel === undefined ? undefined : channels[kase.channel]?.owner;
  const heads = Object.keys(members).filter((member) => members[member]?.reports_to === undefined);
  const owner =
    [kase.owner, typeof ofChannel === 'string' ? ofChannel : undefined].find(isMember) ??
    heads.find((member) => members[member]?.office === kase.office) ??
    heads[0];
  if (owner === undefined) return [];
  const above = notify === 'reports_to' ? members[owner]?.reports_to : undefined;
  return [isMember(above) ? above : owner];
}
