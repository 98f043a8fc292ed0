import { aboutOf } from './about.js';
import { addressIn, addressPattern, plainAddress } from './bounce/addresses.js';
import { fieldGroups } from './bounce/status-fields.js';
import type { Classification } from './classification.js';
import type { InboundMessage } from './message.js';
import { headerOf } from './senders.js';

/** A complaint of who got a message, told by his provider (ARF, RFC 5965; Microsoft's own form); undefined where it is none. */
export function readAbuseReport(message: InboundMessage): Classification | undefined {
  const report = message.feedbackReport;
  const returned = (message.returned ?? '').slice(0, 64 * 1024);
  const microsoft = /^x-hmxmroriginalrecipient[ \t]{0,10}:(.{0,300})/im.exec(returned)?.[1];
  const type = headerOf(message, 'content-type');
  if (report === undefined && microsoft === undefined && !/report-type="?feedback-report/i.test(type))
    return undefined;
  const fields = fieldGroups(report ?? '');
  const kind = fields.find((group) => group.has('feedback-type'))?.get('feedback-type');
  const about = aboutOf({ ...message, inReplyTo: [], references: [] });
  return {
    kind: 'complaint',
    bounces: complainants(report ?? '', returned, microsoft).map((recipient) => ({
      recipient,
      hard: false,
      status: null,
      reason: 'complaint',
    })),
    confidence: report === undefined ? 0.9 : 0.99,
    why: `a report of a provider that its user complained${kind === undefined ? '' : ` (${kind})`}`,
    ...(about === undefined ? {} : { about }),
  };
}

/** Who complained, where told: whom the report names, else whom the message was for. */
function complainants(report: string, returned: string, microsoft: string | undefined): string[] {
  const named = [...report.matchAll(/^(?:original-rcpt-to|removal-recipient)[ \t]{0,10}:(.{0,400})/gim)].map(
    ([, to]) => to,
  );
  const told = [...named, microsoft].map((to) => addressIn(to)).filter((one) => one?.includes('@'));
  if (told.length > 0) return [...new Set(told as string[])];
  const to = /^to[ \t]{0,10}:((?:.*(?:\n[ \t].*){0,50}))/im.exec(returned)?.[1]?.slice(0, 4000) ?? '';
  return [...new Set([...to.matchAll(addressPattern)].map(([one]) => plainAddress(one)))];
}
