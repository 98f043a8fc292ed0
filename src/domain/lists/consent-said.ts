import { foldText } from '../contacts/person-name.js';
import type { Row } from './row.js';
import type { Slot } from './target.js';

const yes =
  /^(?:1|true|t|yes|y|x|si|ja|j|oui|o|wahr|vero|on|ok|active|attivo|attiva|aktiv|subscribed|opt(?:ed)? ?in|(?:explicit|express|double) opt ?in|granted|given|accepted|agreed|confirmed|consent(?:ed)?|accettato|concesso|prestato|dato|confermato|acconsento|iscritto|iscritta|abonniert|erteilt|zugestimmt|marketing contact)$/;
const marks = /^\s*[✓✔☑✅]\s*$/u;
const aDate = /^\D{0,12}(?:\d{4}|\d{1,2} \d{1,2} \d{2,4}\b)/;
const noDate = /^[0 :t]*$/;
/** Columns that tell when, beside one that tells whether. */
const timeName = /\b(?:date|time|data|datum|am|at|on|zeitpunkt|timestamp)\b/;
/** States of a subscription in which nobody said yes. */
const noYesYet =
  /^(?:no(?:t)? consent|no|none|denied|refused|withdrawn|revoked|pending|unconfirmed|not (?:confirmed|given|seen|subscribed)|non marketing contact)$/;

/** The columns of a list that tell of consent and say something in one row at least: from 0. */
export function consentColumns(slots: readonly Slot[], rows: Iterable<readonly string[]>): Set<number> {
  const used = new Set<number>();
  for (const cells of rows) {
    for (const { column } of slots) if ((cells[column] ?? '').trim() !== '') used.add(column);
    if (used.size === slots.length) break;
  }
  return used;
}

/**
 * Why the row itself does not bear out a yes that somebody claims for the whole list. Where the list has columns for it,
 * each has to say yes (or when): a no, a blank beside the answers of others, and what cannot be told are none. A column
 * that is blank in all rows says nothing.
 * @param header names of the columns
 * @param used columns in which some row says something
 * @returns undefined where nothing in the row speaks against it
 */
export function deniesConsent(
  row: Row,
  header: readonly string[],
  used: ReadonlySet<number>,
): string | undefined {
  const named = (column: number) => header[column] || `column ${column + 1}`;
  for (const { slot, text } of row.all('status'))
    if (noYesYet.test(foldText(text))) return `the list says ${named(slot.column)}: ${text}`;
  const slots = (row.slots.get('consent') ?? []).filter(({ column }) => used.has(column));
  const whether = slots.filter(({ column }) => !timeName.test(foldText(named(column))));
  for (const { column } of slots) {
    const text = (row.cells[column] ?? '').trim();
    if (text !== '' && !saysYes(text)) return `the list says ${named(column)}: ${text.slice(0, 60)}`;
  }
  const blank = (whether.length > 0 ? whether : slots).find(
    ({ column }) => (row.cells[column] ?? '').trim() === '',
  );
  return blank && `${named(blank.column)} is blank, where others in the list answer`;
}

function saysYes(text: string): boolean {
  const said = foldText(text);
  return marks.test(text) || yes.test(said) || (aDate.test(said) && !noDate.test(said));
}
