import { isbot } from 'isbot';
import type { EventLine, Machine } from './event.js';

/** Who opened or clicked. `unknown` where nothing tells. */
export type Actor = 'person' | Machine | 'unknown';

interface AgentRule {
  actor: Machine;
  /** Of the program's name for itself. */
  pattern: RegExp;
  /** Where the rule holds for one kind of event only. */
  event?: 'opened' | 'clicked';
}

/**
 * Programs that fetch what a person did not ask for, by what they call themselves. The first rule that fits holds.
 * Known robots beyond these are told by the list of isbot.
 */
const agentRules: readonly AgentRule[] = [
  // Gmail and Yahoo fetch pictures by a proxy of their own (support.google.com/mail/answer/145919).
  { actor: 'proxy', pattern: /GoogleImageProxy|ggpht\.com|YahooMailProxy/i, event: 'opened' },
  // Apple's Mail Privacy Protection fetches every picture, read or not, and gives this bare name
  // (support.apple.com/guide/mail/mlhl03be2866; bird.com/blog/4-insights-on-ios-15-mail-privacy-protection).
  { actor: 'proxy', pattern: /^Mozilla\/5\.0$/, event: 'opened' },
  // Gateways and programs that look behind links, by names that they send
  // (suped.com/learn/email-deliverability/how-can-i-identify-bot-user-agents-in-my-email-click-data).
  {
    actor: 'scanner',
    pattern:
      /barracuda|mimecast|proofpoint|ironport|cisco ?secure ?email|trend ?micro|\btmes\b|sophos|fortinet|forti(?:guard|mail)|f-secure|withsecure|forcepoint|websense|messagelabs|symantec|fireeye|trellix|zscaler|avanan|checkpoint|bitdefender|kaspersky|virustotal|safelinks|rspamd|spamassassin|vade ?secure/i,
  },
  // Nobody reads with a browser that names nothing but this: scanners do.
  { actor: 'scanner', pattern: /^Mozilla\/[45]\.0$/, event: 'clicked' },
];

/**
 * Scanners that call themselves browsers are told by their haste: they follow links within seconds of delivery, and
 * many at a time (support.arternal.com/en/articles/15216436-smart-mail-clickthroughs-triggered-by-email-security-scanners,
 * check.live-direct-marketing.online/blog/bot-clicks-security-scanners-detect). In milliseconds.
 */
const haste = { afterDelivery: 5_000, links: 3, within: 5_000 };

const known = new Map<string, Actor>();
const mostKnown = 10_000;

/** Who did it, by what one event says of itself. */
export function actorOf({ event, machine, agent }: Pick<EventLine, 'event' | 'machine' | 'agent'>): Actor {
  if (machine !== undefined) return machine;
  if (agent === undefined) return 'unknown';
  const key = `${event}\0${agent}`;
  let actor = known.get(key);
  if (actor === undefined) {
    const rule = agentRules.find((one) => (one.event ?? event) === event && one.pattern.test(agent));
    actor = rule?.actor ?? (isbot(agent) ? 'bot' : 'person');
    if (known.size < mostKnown) known.set(key, actor);
  }
  return actor;
}

/** A click on a link of one message. */
export interface Click {
  /** Epoch milliseconds. */
  at: number;
  url: string | undefined;
  /** By what the click says of itself. */
  actor: Actor;
}

/**
 * Who clicked, by all clicks on the links of one message: what calls itself a browser, and is too quick for a person, is
 * a scanner.
 * @param delivered when the message was, epoch milliseconds
 * @returns the clicks in the order of time
 */
export function judgedClicks<T extends Click>(clicks: readonly T[], delivered: readonly number[]): T[] {
  const judged = [...clicks].sort((a, b) => a.at - b.at);
  const hasty = new Set<number>();
  // Of the clicks of one moment: how often each link was followed.
  const links = new Map<string | undefined, number>();
  let [first, seen] = [0, 0];
  for (const [last, { at, url }] of judged.entries()) {
    links.set(url, (links.get(url) ?? 0) + 1);
    for (let old = judged[first]; old && at - old.at > haste.within; old = judged[++first]) {
      const left = (links.get(old.url) ?? 0) - 1;
      if (left > 0) links.set(old.url, left);
      else links.delete(old.url);
    }
    if (links.size >= haste.links) for (seen = Math.max(seen, first); seen <= last; seen++) hasty.add(seen);
    if (delivered.some((when) => at >= when && at - when <= haste.afterDelivery)) hasty.add(last);
  }
  return judged.map((click, place) =>
    hasty.has(place) && (click.actor === 'person' || click.actor === 'unknown')
      ? { ...click, actor: 'scanner' }
      : click,
  );
}
