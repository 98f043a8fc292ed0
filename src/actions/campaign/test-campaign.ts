import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import type { Mailbox } from '../../mail/compose-mail.js';
import type { Workspace } from '../../workspace/workspace.js';
import { openMail } from '../open-mail.js';
import type { Tools } from '../tools.js';
import { composerOf } from './compose.js';
import { planCampaign } from './plan-campaign.js';
import { refuseFaultyFiles } from './problems.js';
import { recipientOf } from './recipient-of.js';

export interface TestSend {
  /** The address it went to. */
  to: string;
  /** Reference of the contact whose message it is. */
  as_for: string;
  subject: string;
  transport: string;
  message_id: string;
  /** What the transport said; null for a dry run. */
  state: 'sent' | 'rejected' | 'deferred' | 'unknown' | null;
  reply: string | null;
}

/**
 * Sends the message of one person of the audience to a member, to be looked at. It is none of the campaign's messages:
 * nothing is on record of it, and its way out takes nobody off a list.
 * @param input.to `me`, a member, or an address, which is asked about where it is no member's
 * @param input.asFor the contact whose message it is; absent for the first in the audience
 * @throws ItacaError `refused` where that person would get no message, or it cannot be made
 */
export async function testCampaign(
  which: string,
  input: { to: string; asFor?: string; environment: NodeJS.ProcessEnv },
  tools: Tools,
): Promise<TestSend> {
  const { workspace } = tools;
  const { mailbox, member } = readerOf(input.to, tools.actor, workspace);
  const plan = await planCampaign(workspace, which);
  const { channel = 'email' } = plan.campaign.data;
  if (channel !== 'email') {
    throw new ItacaError('refused', `a ${channel} campaign is not sent by mail`, {
      path: plan.campaign.path,
      hint: `look at one: itaca campaign preview ${plan.campaign.id} --to <contact>`,
    });
  }
  refuseFaultyFiles(plan);
  const recipient = await recipientOf(workspace, plan, input.asFor);
  const composer = await composerOf(workspace, plan);
  const id = tools.newId();
  const message = await composer.message(recipient, `test-${id}`, { to: mailbox, id });
  const transportName = workspace.config.mail?.transport ?? 'outbox';
  const { subject } = composer.render(recipient, 'test');
  const test = {
    to: mailbox.address,
    as_for: recipient.ref,
    subject: `[test] ${subject}`,
    transport: transportName,
    message_id: message.messageId,
  };
  if (!member)
    await tools.confirm(`${mailbox.address} is no member’s address. Send there what ${recipient.name} gets?`);
  if (tools.dryRun) return { ...test, state: null, reply: null };
  const transport = await openMail(workspace, input.environment);
  try {
    const { state, reply = null } = await transport.send(message);
    return { ...test, state, reply };
  } finally {
    await transport.close();
  }
}

/** Who looks at it. */
function readerOf(
  to: string,
  actor: string,
  { config }: Workspace,
): { mailbox: Mailbox; member: string | undefined } {
  const members = Object.entries(config.members ?? {});
  const name = to === 'me' ? actor : to;
  const canonical = canonicalEmail(name);
  const known = members.find(
    ([key, { emails }]) =>
      key === name ||
      emails?.some((one) => one === name || (canonical !== undefined && canonicalEmail(one) === canonical)),
  );
  if (known) {
    const [member, { name: full = member, emails = [] }] = known;
    const [address] = emails.includes(name) ? [name] : emails;
    if (address !== undefined) return { mailbox: { name: full, address }, member };
    throw new ItacaError('not_found', `itaca.yaml has no e-mail address of ${member}`, {
      path: 'itaca.yaml',
    });
  }
  if (canonical !== undefined) return { mailbox: { name: '', address: name }, member: undefined };
  throw new ItacaError('usage', `"${name}" is no member and no e-mail address`, {
    hint: members.length === 0 ? 'name an address' : `members are: ${members.map(([key]) => key).join(', ')}`,
  });
}
