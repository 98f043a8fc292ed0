import { namedPattern, plainAddress } from './addresses.js';
import { returnedMarks } from './notice-words.js';

/** A report's words to a person, without the message that it repeats. */
export interface Notice {
  text: string;
  /** What it repeats of the message; empty where it repeats none in its text. */
  rest: string;
}

/** A report's own words are no longer than this, in characters. */
const longest = 32 * 1024;

const marks = new RegExp(`^.{0,60}(?:${returnedMarks.join('|')})`, 'i');
const headerLine =
  /^(?:received|return-path|message-id|dkim-signature|mime-version|date|x-[a-z-]{1,40}|from)[ \t]{0,10}:/i;
const anyField = /^(?:[a-z][a-z0-9-]{1,60}:|[ \t]\S)/i;

/** Parts a report's text from what it repeats of the message. */
export function noticeOf(text: string): Notice {
  const head = text.slice(0, longest);
  const lines = head.split('\n');
  let at = 0;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    // The report of Sendmail begins so.
    const marked =
      index > 0 && line.length < 160 && marks.test(line) && !/original message was received/i.test(line);
    const header = headerLine.test(line) && [1, 2].every((next) => anyField.test(lines[index + next] ?? ''));
    if (marked || header) return { text: head.slice(0, at), rest: text.slice(at, at + longest) };
    at += line.length + 1;
  }
  return { text: head, rest: '' };
}

/** A recipient whom a report's text names, and what it says of him. */
export interface Named {
  recipient: string;
  context: string;
}

/** Words before an address of whom a message was for. */
const towards =
  /(?:\bto|\brcpt to|\bfor|recipients?|user|mailbox|address(?:es)?|userid|account|mailing list|addressee|destinatari[oi]|empfänger|destinataire|宛先?|アドレス)(?: was| is|\(s\)|\(es\))?[ :=]{0,4}[<"'([]{0,2}$/i;
/** Words before an address of who sent it, or whom to ask. */
const away =
  /(?:from|sender|contact|send (?:e-?)?mail to|write to|reply to|report to|e-?mail|mail from|by|please (?:mail|notify)|forward(?:ed)? (?:it |this )?to|postmaster at|problems? to|yourself|assistance,? )[ :=]{0,4}[<"'([]{0,2}$/i;

/**
 * The recipients that a report's words name.
 * @param others addresses that are none, of whom the report is for and of who made it; they count where there is no other
 */
export function namedRecipients(text: string, others: ReadonlySet<string>): Named[] {
  const seen: Seen[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    for (const match of line.slice(0, 2000).matchAll(namedPattern)) {
      const address = plainAddress(match[0]);
      const rank = rankOf(line, match.index, match.index + match[0].length);
      if (seen.length < mostSeen)
        seen.push({ address, rank: rank - (others.has(address) ? 4 : 0), at, line });
    }
    at += line.length + 1;
  }
  const best = new Map<string, Seen>();
  for (const one of seen) if ((best.get(one.address)?.rank ?? -9) < one.rank) best.set(one.address, one);
  const top = Math.max(...[...best.values()].map(({ rank }) => rank));
  const kept = [...best.values()].filter(({ rank }) => rank === top || (top < member && rank >= 3));
  kept.sort((a, b) => a.at - b.at);
  const starts = seen.filter(({ rank, address }) => rank >= 3 && kept.some((one) => one.address === address));
  return kept.map((one) => {
    const context = contextOf(text, one, starts);
    return { recipient: aliasIn(context) ?? one.address, context: kept.length === 1 ? text : context };
  });
}

/** What the message was sent to, where a system says that it stands for the address before it. */
function aliasIn(context: string): string | undefined {
  const alias = /\(expanded from:? {0,3}<?([^\s<>()]{1,200}@[^\s<>()]{1,200})>?\)/i.exec(context)?.[1];
  return alias === undefined ? undefined : plainAddress(alias);
}

interface Seen {
  address: string;
  rank: number;
  /** Where its line begins. */
  at: number;
  line: string;
}

/** More addresses than a report names. */
const mostSeen = 5000;
/** Rank of the address of a list that takes no mail of strangers. */
const member = 5;

/** What a report says of one recipient of several: up to where it speaks of the next. */
function contextOf(text: string, one: Seen, starts: readonly Seen[]): string {
  if (transcript.test(one.line)) {
    // What Sendmail says of one stands before the line that names him, behind the line of the one before.
    const before = starts.findLast(
      ({ at, line, address }) => at < one.at && address !== one.address && transcript.test(line),
    );
    const from = before === undefined ? 0 : before.at + before.line.length;
    return text.slice(Math.max(from, one.at - 1000), one.at + one.line.length);
  }
  const next = starts.find(({ at, address }) => at > one.at && address !== one.address);
  return text.slice(one.at, Math.min(next?.at ?? text.length, one.at + 2000));
}

/** A line of Sendmail's transcript. */
const transcript = /^[45]\d\d[ -](?:[45]\.\d\.\d+ )?</;

/** How likely an address of a line is the recipient: by what stands before and behind it. */
function rankOf(line: string, from: number, to: number): number {
  const before = line.slice(Math.max(0, from - 60), from);
  const after = line.slice(to, to + 12);
  if (/not (?:a )?members? .{0,40}$/i.test(before)) return member;
  // Others may stand before it on its line; a list of so many more is none of a report.
  if (
    /^\s*(?:>>> )?[*"'<>()[\],;\s-]*$/.test(line.slice(0, from).replace(from < 500 ? namedPattern : '', ''))
  ) {
    // At the line's begin, and the line's end, a colon or words of an error behind it.
    return /^[>"'\])]*\s*(?:[:,;(<]|$)/.test(after) ? 4 : 3;
  }
  if (/(?:^|\s)[45]\d\d(?:[ -][45]\.\d\.\d+)? [<"]?$/.test(before) && /^>?\.\.\./.test(after)) return 4;
  if (away.test(before)) return -3;
  if (/mail from:|^from:/i.test(before)) return -3;
  if (towards.test(before)) return 3;
  return /\($/.test(before) ? 2 : 1;
}
