import { addressIn } from './addresses.js';
import { fieldGroups } from './status-fields.js';

/** What a delivery-status part says of one recipient (RFC 3464, 2.3). */
export interface StatusRecord {
  recipient: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`, or what a system makes up; empty where it is missing. */
  action: string;
  /** With its comment. */
  status: string;
  diagnostic: string;
}

/** All recipients of whom delivery-status parts tell, each once. */
export function statusRecords(texts: readonly string[]): StatusRecord[] {
  const records = new Map<string, StatusRecord>();
  for (const group of texts.flatMap(fieldGroups)) {
    const recipient = recipientOf(group);
    if (recipient === undefined || records.has(recipient)) continue;
    records.set(recipient, {
      recipient,
      action: /^[a-z-]*/.exec((group.get('action') ?? '').toLowerCase())![0],
      status: group.get('status') ?? '',
      diagnostic: (group.get('diagnostic-code') ?? '').replace(/^\s*[a-z0-9-]{1,40}\s*;/i, '').trim(),
    });
  }
  return [...records.values()];
}

/** The address that the message was sent to, before what it was forwarded to. */
function recipientOf(group: Map<string, string>): string | undefined {
  const names = ['original-recipient', 'final-recipient', 'x-actual-recipient'];
  const all = names.map((name) => addressIn(group.get(name)));
  return all.find((one) => one?.includes('@')) ?? all.find((one) => one !== undefined);
}
