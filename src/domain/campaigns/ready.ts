import type { Fault } from '../check/fault.js';
import { slips } from '../check/slips.js';
import { type Config, config as settings } from '../config/config.js';
import { canonicalEmail } from '../contacts/email-address.js';
import { type Campaign, campaign as record } from './campaign.js';
import { hasMailboxShape, parseMailbox } from './mailbox.js';

/**
 * An error keeps a campaign from being sent; a warning would mislead who gets it, or leave him without an answer; an info
 * is nothing wrong, and good to know beforehand.
 */
export type Severity = 'error' | 'warning' | 'info';

/** The one warning that a send repeats. */
export const noPostalAddress =
  'itaca.yaml has no mail.postal_address: the messages do not say where they come from';

/** What is wrong before anybody's message is made, at a place in the campaign's record or in `itaca.yaml`. */
export interface ReadyFault extends Fault {
  severity: Severity;
  file: 'campaign' | 'settings';
}

/**
 * Whether a campaign could be sent at all: its state, who writes, from where, and the ways out and to complain.
 * @param bodies how many there are
 */
export function readyFaults(campaign: Campaign, config: Config, bodies: number): ReadyFault[] {
  const faults: ReadyFault[] = slipFaults(campaign, config);
  const add = (
    severity: Severity,
    file: ReadyFault['file'],
    key: string,
    message: string,
    hint?: string,
  ): void => {
    const at = file === 'campaign' ? [key] : ['mail', ...key.split('.')];
    faults.push({ severity, file, at, message, ...(hint === undefined ? {} : { hint }) });
  };
  const mail = config.mail ?? {};
  if (campaign.state === 'cancelled') add('error', 'campaign', 'state', 'this campaign was cancelled');
  if (config.purposes && !(campaign.purpose in config.purposes))
    add(
      'error',
      'campaign',
      'purpose',
      `itaca.yaml knows no purpose "${campaign.purpose}"`,
      `its purposes are: ${Object.keys(config.purposes).join(', ')}`,
    );
  const channel = campaign.channel ?? 'email';
  if (bodies === 0) add('error', 'campaign', 'title', 'the campaign has no body', 'write body.md beside it');
  if (channel !== 'email') {
    if (campaign.attachments?.length)
      add('warning', 'campaign', 'attachments', `a ${channel} campaign carries no attachments`);
    if (channel === 'letter')
      addLetterFaults(mail, (severity, key, message) => add(severity, 'settings', key, message));
    return faults;
  }
  if (!mail.postal_address) {
    if (mail.transport === 'smtp') {
      const message = 'no message to many leaves without the sender’s postal address';
      add('error', 'settings', 'postal_address', message, 'set mail.postal_address');
    } else {
      add('warning', 'settings', 'postal_address', noPostalAddress);
    }
  }
  const from = campaign.from ?? mail.from;
  const place = campaign.from === undefined ? 'settings' : 'campaign';
  if (!from) {
    const hint = 'set from: here, or mail.from in itaca.yaml';
    add('error', 'campaign', 'title', 'the campaign names no sender', hint);
  } else {
    const fault = mailboxFault(from);
    if (fault) add(fault.severity, place, 'from', fault.message);
    else if (!addressesOfHouse(config).has(canonicalEmail(parseMailbox(from).address))) {
      const message = `${parseMailbox(from).address} is no address of the house`;
      add('warning', place, 'from', message, 'set it as mail.from, or with a member or an office');
    }
  }
  const replyTo = campaign.reply_to ?? mail.reply_to;
  const fault = replyTo === undefined ? undefined : mailboxFault(replyTo);
  if (fault) {
    const where = campaign.reply_to === undefined ? 'settings' : 'campaign';
    add(fault.severity, where, 'reply_to', fault.message);
  }
  const signed = mail.dkim?.domain;
  if (from && signed && !isAligned(parseMailbox(from).address, signed)) {
    const message = `mail.dkim signs for ${signed}, which is not the domain of ${parseMailbox(from).address}: receivers do not count the signature for it (DMARC)`;
    add('warning', 'settings', 'dkim.domain', message);
  }
  addWaysOut(mail, (severity, key, message, hint) => add(severity, 'settings', key, message, hint));
  return faults;
}

/** Settings that decide who gets a message, when, and who must agree. */
const guarding = new Set<unknown>(['approval', 'limits', 'mail', 'purposes']);

/** Keys that somebody believes to hold something back, and that nobody reads. */
function slipFaults(campaign: Campaign, config: Config): ReadyFault[] {
  const own = slips(record, campaign, 'a campaign', 2);
  const ours = slips(settings, config, 'itaca.yaml', 2).filter(({ meant: [top] }) => guarding.has(top));
  const fault = (file: ReadyFault['file'], { at, message, hint }: Fault): ReadyFault => ({
    severity: 'error',
    file,
    at,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  return [...own.map((one) => fault('campaign', one)), ...ours.map((one) => fault('settings', one))];
}

/** A letter needs no server and no link; it does need to say who writes, and where one objects to the next. */
function addLetterFaults(
  { unsubscribe, complaint_address: complaint, postal_address: postal }: NonNullable<Config['mail']>,
  add: (severity: Severity, key: string, message: string) => void,
): void {
  if (!postal) add('warning', 'postal_address', noPostalAddress);
  if (!complaint)
    add(
      'warning',
      'complaint_address',
      'itaca.yaml has no mail.complaint_address: nobody learns where to complain',
    );
  if (!unsubscribe?.mailto && !complaint && !postal)
    add('error', 'unsubscribe', 'the letter does not say where one gets no more of them');
}

function addWaysOut(
  { unsubscribe, complaint_address: complaint }: NonNullable<Config['mail']>,
  add: (severity: Severity, key: string, message: string, hint?: string) => void,
): void {
  const { mailto, url } = unsubscribe ?? {};
  if (!mailto && !url) {
    const hint = 'set mail.unsubscribe: {mailto: unsubscribe@…}';
    add('error', 'unsubscribe', 'the message has no way out', hint);
  }
  const wrong = mailto ? mailboxFault(mailto.replace(/^mailto:/i, '')) : undefined;
  if (wrong) add(wrong.severity, 'unsubscribe.mailto', `the way out: ${wrong.message}`);
  if (url && !(URL.canParse(url) && /^https:\/\//i.test(url)))
    add('error', 'unsubscribe.url', `the way out "${url}" is not an https address`);
  if (!complaint) {
    const message = 'itaca.yaml has no mail.complaint_address: nobody learns where to complain';
    add('warning', 'complaint_address', message);
  } else {
    const fault = mailboxFault(complaint);
    if (fault) add(fault.severity, 'complaint_address', fault.message);
  }
}

/** Whether a signature speaks for the sender: of his domain, or of one above or below it (RFC 7489, 3.1.1). */
function isAligned(address: string, signed: string): boolean {
  const canonical = (domain: string) => canonicalEmail(`postmaster@${domain}`)?.split('@')[1] ?? domain;
  const own = canonical(address.slice(address.lastIndexOf('@') + 1));
  const other = canonical(signed);
  return own === other || own.endsWith(`.${other}`) || other.endsWith(`.${own}`);
}

function mailboxFault(text: string): { severity: Severity; message: string } | undefined {
  const { address } = parseMailbox(text);
  if (!hasMailboxShape(address) || /[\x00-\x1f\x7f]/.test(text))
    return { severity: 'error', message: `${JSON.stringify(text)} is not an e-mail address` };
  if (canonicalEmail(address) !== undefined) return undefined;
  return { severity: 'warning', message: `nobody elsewhere can write to ${address}` };
}

/** Canonical addresses under which the house writes: of the settings, its members and its offices. */
function addressesOfHouse({ mail, members, offices }: Config): Set<string | undefined> {
  const named = [mail?.from, mail?.reply_to, mail?.complaint_address];
  const people = Object.values(members ?? {}).flatMap(({ emails }) => emails ?? []);
  const places = Object.values(offices ?? {}).flatMap(({ email, emails }) => [email, emails].flat());
  return new Set(
    [...named, ...people, ...places].flatMap((text) =>
      typeof text === 'string' ? [canonicalEmail(parseMailbox(text).address)] : [],
    ),
  );
}
