import { approvalRule, membersWithAddress, unknownPurposes } from '../campaigns/approval-rule.js';
import type { Fault } from '../check/fault.js';
import { slips } from '../check/slips.js';
import { domainFault, emailFault } from '../contacts/impossible.js';
import { dealSettingFaults } from '../deals/settings.js';
import { duration } from '../records/fields.js';
import { type Config, config as schema } from './config.js';
import { inboxFaults } from './inbox-faults.js';

/** What is wrong with `itaca.yaml` beyond its schema: keys with a slip, names it does not know itself, addresses that are none. */
export function configFaults(config: Config, calendars: ReadonlySet<string>): Fault[] {
  return [
    ...slips(schema, config, 'itaca.yaml', 2),
    ...memberFaults(config),
    ...channelFaults(config, calendars),
    ...mailFaults(config),
    ...inboxFaults(config),
    ...approvalFaults(config),
    ...dealSettingFaults(config.deals),
  ];
}

/** A rule for purposes that there are not, and one that nobody could ever meet. */
function approvalFaults(config: Config): Fault[] {
  const rule = approvalRule(config);
  if (!rule) return [];
  const faults = unknownPurposes(rule, config).map((purpose): Fault => {
    const message = `approval.purposes: no purpose "${purpose}"; until that is mended, the rule holds for every one`;
    return { at: ['approval', 'purposes'], message };
  });
  const able = membersWithAddress(config);
  if (able.length < 2)
    faults.push({
      at: ['approval'],
      message:
        'approval: nobody can approve; it takes two members who each list an e-mail address of their own',
    });
  else if (rule.rule === 'other_office' && new Set(able.flatMap(({ office }) => office ?? [])).size < 2)
    faults.push({
      at: ['approval'],
      message:
        'approval: nobody can approve; other_office takes members of two offices, each with an address',
    });
  return faults;
}

function memberFaults({ members = {}, offices = {} }: Config): Fault[] {
  return Object.entries(members).flatMap(([key, { office, reports_to, emails = [] }]): Fault[] => {
    const faults: Fault[] = [];
    if (office !== undefined && !(office in offices) && Object.keys(offices).length > 0)
      faults.push({
        at: ['members', key, 'office'],
        message: `members.${key}.office: no office "${office}"`,
      });
    if (reports_to !== undefined && !(reports_to in members))
      faults.push({
        at: ['members', key, 'reports_to'],
        message: `members.${key}.reports_to: no member "${reports_to}"`,
      });
    else if (reportsToSelf(key, members))
      faults.push({
        at: ['members', key, 'reports_to'],
        message: `members.${key}.reports_to: leads back to ${key}, so nobody would ever hear of it`,
      });
    for (const [position, address] of emails.entries()) {
      const message = address.endsWith('@localhost') ? undefined : emailFault(address);
      if (message !== undefined)
        faults.push({
          at: ['members', key, 'emails', position],
          message: `members.${key}.emails: ${message}`,
        });
    }
    return faults;
  });
}

function reportsToSelf(key: string, members: NonNullable<Config['members']>): boolean {
  const seen = new Set<string>();
  for (let at = members[key]?.reports_to; at !== undefined; at = members[at]?.reports_to) {
    if (at === key) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}

function channelFaults({ channels = {}, members = {} }: Config, calendars: ReadonlySet<string>): Fault[] {
  return Object.entries(channels).flatMap(([key, { owner, hours, target }]): Fault[] => {
    const faults: Fault[] = [];
    const missing = (message: string) =>
      faults.push({ at: ['channels', key], message: `channels.${key}: ${message}` });
    if (owner === undefined) missing('nobody owns it; a published channel has an owner');
    if (hours === undefined) missing('no hours say when somebody answers; name a calendar');
    if (target === undefined) missing('no target says how soon the first answer is due');
    if (typeof owner === 'string' && !(owner in members) && Object.keys(members).length > 0)
      faults.push({ at: ['channels', key, 'owner'], message: `channels.${key}.owner: no member "${owner}"` });
    if (typeof hours === 'string' && !calendars.has(hours))
      faults.push({
        at: ['channels', key, 'hours'],
        message: `channels.${key}.hours: there is no calendar "${hours}"`,
      });
    const wrong = target === undefined ? undefined : duration.safeParse(target).error?.issues[0]?.message;
    if (wrong !== undefined)
      faults.push({ at: ['channels', key, 'target'], message: `channels.${key}.target: ${wrong}` });
    return faults;
  });
}

const senders = ['from', 'reply_to', 'bounce_address', 'complaint_address'] as const;

function mailFaults({ mail = {} }: Config): Fault[] {
  const addresses: [(string | number)[], string | undefined][] = [
    ...senders.map((key): [string[], string | undefined] => [['mail', key], mail[key]]),
    [['mail', 'unsubscribe', 'mailto'], mail.unsubscribe?.mailto],
  ];
  const signed = mail.dkim === undefined ? undefined : domainFault(mail.dkim.domain);
  const faults: Fault[] =
    signed === undefined ? [] : [{ at: ['mail', 'dkim', 'domain'], message: `mail.dkim.domain: ${signed}` }];
  const ofAddresses = addresses.flatMap(([at, address]): Fault[] => {
    // What `init` writes where git knows no address: it goes to the outbox, and nowhere else.
    if (address === undefined || address.endsWith('@localhost')) return [];
    const message = emailFault(address.replace(/\?.*$/, ''));
    return message === undefined ? [] : [{ at, message: `${at.join('.')}: ${message}` }];
  });
  return [...ofAddresses, ...faults];
}
