import { longestMarker, markerOf } from './lines.js';

/** How the line begins that says who wrote what is quoted below it, in front of the date. */
const openers = new RegExp(
  `^(?:${[
    // English, French, Italian, Spanish and Catalan, Portuguese, German, Dutch
    'on|le|il|in data|el|al|em|no dia|a|am|op|',
    // Danish, Norwegian, Swedish; Finnish; Polish; Czech and Slovak; Hungarian; Romanian; Turkish; Greek; Vietnamese
    'den|d\\.|på|i|ma|ti|ke|to|pe|la|su|w dniu|dnia|dne|dňa|v|ezt|în data|pe data|στις|vào',
    // Russian, Ukrainian, Bulgarian; Chinese
    'в|у|на|пн|вт|ср|чт|пт|сб|вс|нд|于|在|於',
    // Days of the week that stand first
    'mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom|jeu|sam|dim|mié|jue|vie|sáb|seg|ter|qua|qui|sex|mo|di|mi|do|fr|sa|so',
  ]
    .join('|')
    .replace(/\|+/g, '|')})(?=[\\s.,\\d])|^\\d`,
  'iu',
);

/** Verbs that say that somebody wrote it. */
const verbs = new RegExp(
  [
    String.raw`(?<!\bi )\bwrote\b|\bwrites\b|\ba écrit\b|(?<!\p{L})ha scritto\b|(?<!\p{L})scrive\b|\bescribió(?!\p{L})|\bha escrito\b|\bva escriure\b`,
    String.raw`\bescreveu\b|\bschrieb\b(?! ich\b)|\bgeschrieben\b|\bschreef\b|\bgeschreven\b|\bskrev\b|\bkirjoitti\b|\bnapisał(?!\p{L})|\bpisze\b`,
    String.raw`(?<!\p{L})napsal|(?<!\p{L})napísal|(?<!\p{L})írta|(?<!\p{L})a scris\b|\byazdı|\bşunu yazdı|(?<!\p{L})έγραψε|đã viết`,
    String.raw`(?<!\p{L})(?:на)?писал|(?<!\p{L})пише(?!\p{L})|(?<!\p{L})пишет|написа(?!\p{L})|写道|寫道|のメッセージ|のメール|書きました|작성|님이 쓴`,
  ].join('|'),
  'iu',
);

const address = /<[^<>]{0,200}@[^<>]{0,200}>|\[[^[\]]{0,200}@[^[\]]{0,200}\]|&lt;[^&]{1,200}@[^&]{1,200}&gt;/;
const clock = /\d{1,2}[:.h]\d{2}/;
/** Most lines over which mail programs break it. */
const mostLines = 6;

/**
 * Whether a line ends a note of who wrote what follows (`On 3 May, Anna wrote:`), in many languages.
 * @param lines of a text
 * @param end index of the line
 * @param quoteFollows whether what follows is quoted
 * @returns index of the line where the note begins; undefined where there is none
 */
export function attributionStart(
  lines: readonly string[],
  end: number,
  quoteFollows: boolean,
): number | undefined {
  const last = markerOf(lines[end]!);
  if (!/[:：>\]-]$/u.test(last)) return undefined;
  const window = lines
    .slice(Math.max(0, end - mostLines + 1), end + 1)
    .filter((line) => line.length <= longestMarker);
  if (
    !window.some((line) => line.includes('@') || /^\W{0,3}[QZCS]/i.test(line)) &&
    !verbs.test(window.join(' '))
  )
    return undefined;
  let joined = '';
  let blanks = 0;
  for (let start = end; start > end - mostLines && start >= 0; start--) {
    const line = markerOf(lines[start]!);
    if (line === '' && (++blanks > 1 || lines[start]!.length > longestMarker)) break;
    joined = joined === '' ? line : `${line} ${joined}`;
    if (joined.length > longestMarker) break;
    if (line !== '' && saysWhoWrote(joined, quoteFollows)) return start;
  }
  // Without a date only what is quoted below it tells: `Anna Neri wrote:`, `Quoting Anna <anna@example.org>:`.
  return quoteFollows && saysWho(last) ? end : undefined;
}

function saysWhoWrote(joined: string, quoteFollows: boolean): boolean {
  const note = joined.replace(/^[-_*>| ]+/, '').replace(/(?<![-_* ])[-_* ]{1,40}$/, '');
  if (!/\d/.test(note)) return false;
  const colon = /[:：]$/u.test(note);
  const verb = verbs.test(note);
  const ruled = joined.startsWith('--') && joined.endsWith('--');
  const opened = openers.test(note);
  const addressed = address.test(note);
  if (verb && (colon || ruled) && (opened || addressed)) return opensInTime(note) || addressed;
  if (verb && colon && clock.test(note)) return /\bwrote:$/i.test(note);
  // A date and an address alone: Gmail without words, and what follows it must be a quote where it has no colon.
  return (
    opened &&
    addressed &&
    /\d{4}|\d{1,2}[./]\d{1,2}/.test(note) &&
    />(?:：|:)?$/u.test(note) &&
    (colon || quoteFollows)
  );
}

const quoting =
  /^(?:quoting|zitat von|zitiere|citando|citazione di|selon|citerar|citeren|cytowanie)\b.{1,150}[:：]$/iu;

function saysWho(note: string): boolean {
  if (quoting.test(note)) return true;
  const words = note.split(' ').length;
  return verbs.test(note) && /[:：]$/u.test(note) && (address.test(note) || words <= 6) && words <= 12;
}

/** `On 28 Jan …`: the date comes at once, lest a sentence that happens to begin with such a word be taken for a note. */
function opensInTime(note: string): boolean {
  return /^.{0,40}\d/u.test(note);
}
