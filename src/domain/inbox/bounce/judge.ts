import { addressPattern } from './addresses.js';
import { hardReasons, type Reason } from './reasons.js';
import { replyReasons, statusReasons } from './status-codes.js';
import { hostUnknown, nameRefused, surelyUnknown, userUnknown, wordings } from './wordings.js';

/** What is known of one failed delivery. */
export interface Evidence {
  /** What the server said; the comment of the status before it. */
  diagnostic: string;
  /** The report's own `Status`. */
  status?: string;
  /** The report's words to a person, where they are of this recipient. */
  notice?: string;
}

export interface Verdict {
  reason: Reason;
  hard: boolean;
  status: string | null;
}

/** A diagnostic is read no further than this, in characters. */
const longest = 2000;

const either = (patterns: readonly string[]) => new RegExp(patterns.join('|'), 'i');
const byWording = wordings.map(([reason, patterns]) => [reason, either(patterns)] as const);
const host = either(hostUnknown);
const user = either(userUnknown);
const surely = either(surelyUnknown);
const refused = either(nameRefused);

/** What a server said, within what the system that reports it makes of that, which is often wrong. */
const quoted = /- [A-Z][a-z][A-Za-z ]{1,60} [45]\d\d-'([^']{3,1000})'/;

const enhanced = /(?<![\d.])([245])[.](\d{1,3})[.](\d{1,3})(?![\d.]\d|\d)/;
const reply = /(?<![\d.[-]|[\d\]]:)([45]\d\d)(?![\d.:\]]|-?\d{2})/;

/** Why a delivery failed, and whether another try is of no use. */
export function judge({ diagnostic, status, notice }: Evidence): Verdict {
  const said = oneLine(quoted.exec(diagnostic)?.[1] ?? diagnostic);
  const told = oneLine(notice ?? '');
  const own = codeOf(status ?? '');
  const codes = [codeOf(said), own, codeOf(told)].filter((code) => code !== undefined);
  // A code that ends in zeros tells the class alone.
  const code = codes.find((one) => !one.endsWith('.0.0')) ?? codes[0];
  const reason = reasonOf(said, told, code);
  // What is in the fourth class may pass; some servers say 450 to a name that they do not know, until nobody tries again.
  const transient =
    (own ?? code)?.startsWith('4') === true && !(reason === 'user_unknown' && code === '4.1.1');
  return { reason, hard: hardReasons.has(reason) && !transient, status: own ?? code ?? null };
}

function reasonOf(said: string, told: string, code: string | undefined): Reason {
  const byCode = code === undefined ? undefined : statusReasons[code.slice(2)];
  const spoken =
    wordOf(said, told, code) ??
    (byCode === undefined || byCode === 'policy' ? wordOf(told, '', code) : undefined);
  if (spoken !== undefined) return spoken;
  if (byCode !== undefined) return byCode;
  const number = reply.exec(said)?.[1] ?? reply.exec(told)?.[1];
  return (number === undefined ? undefined : replyReasons[number]) ?? 'other';
}

/** What the words say: first what is of one thing only, last what stands before any other reason too. */
function wordOf(text: string, context: string, code: string | undefined): Reason | undefined {
  if (text === '') return undefined;
  const found = byWording.find(([, pattern]) => pattern.test(text))?.[0];
  if (found !== undefined && narrow.has(found)) return found;
  if (host.test(text)) return phaseOf(text) === 'before' ? 'rejected' : 'host_unknown';
  if (user.test(text) || (found === undefined && refused.test(text)))
    return nobody(`${text} ${context}`, code) ? 'user_unknown' : 'filtered';
  return found;
}

/** Reasons whose words are of nothing else, though a name be called unknown beside them. */
const narrow: ReadonlySet<Reason> = new Set<Reason>([
  'not_accepting',
  'moved',
  'mailbox_full',
  'too_big',
  'suspended',
  'authentication',
  'virus',
  'spam',
  'blocked',
  'rejected',
]);

/**
 * Whether words of an unknown name are those of a directory: with a code that says so, of the system that reports
 * itself, or of a server that was asked for the name (RCPT). A name refused once the message was there (DATA), or nobody
 * knows when, is a filter's answer: servers that hide who is there, and those of Japanese telephones for who wants no
 * mail, say so.
 */
function nobody(text: string, code: string | undefined): boolean {
  if (code !== undefined && /^[45]\.1\.\d/.test(code)) return true;
  if (surely.test(text)) return true;
  const phase = phaseOf(text);
  return phase === 'rcpt' || (phase === undefined && !reply.test(text));
}

/** A command that a transcript shows to be refused: `>>> RCPT TO:<…> <<< 550 …`; what follows it is not looked at. */
const refusal = />>> ?(rcpt|data|mail|ehlo|helo)\b(?:(?!>>>).){0,300}?<<< ?[45]\d\d/i;

/** When a server refused, as reports say (Gmail by a number): when it was asked for the name, with or behind the message, or before both. */
function phaseOf(text: string): 'before' | 'rcpt' | 'data' | undefined {
  const command = refusal.exec(text)?.[1]?.toLowerCase();
  if (command === 'rcpt' || command === 'data') return command;
  if (command !== undefined) return 'before';
  if (
    /(?:end of |after |>>> ?|command:? ?|final )data\b|after i sent the message|\(state 1[78]\)/i.test(text)
  )
    return 'data';
  if (asked.test(text) || askedBefore(text)) return 'rcpt';
  return /after (?:initial connection|[eh]{2}lo\b|mail from)|in reply to (?:[eh]{2}lo|mail from)/i.test(text)
    ? 'before'
    : undefined;
}

/** That a server refused the name when it was asked for it. */
const asked =
  /(?:in reply to|response to|after|for|during|of|[[(>-]|[45]\d\d(?:[ -][45]\.\d\.\d{1,3})?) ?rcpt(?:\b|_)|does not like recipient|\(state 1[34]\)/i;

/** The question stands before the answer; one behind it is a detail of the message. */
function askedBefore(text: string): boolean {
  const at = text.search(/\brcpt\b/i);
  return at >= 0 && at < text.search(reply);
}

function codeOf(text: string): string | undefined {
  const match = enhanced.exec(text.slice(0, longest));
  return match ? `${match[1]}.${match[2]}.${match[3]}` : undefined;
}

function oneLine(text: string): string {
  // What an address says is no word of the server.
  return text.slice(0, longest).replace(addressPattern, '@').replace(/\s+/g, ' ').trim();
}
