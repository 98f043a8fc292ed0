import { foldLine } from '../calendars/fold-line.js';
import { CardLines } from './card-lines.js';
import { type ContentLine, parseKept } from './content-line.js';
import { keptLine } from './kept-line.js';
import { readingOf } from './reading.js';
import { type SaidLine, saidLines, textIn, type VcardVersion } from './said-lines.js';
import { textValue } from './value-text.js';

/** A record as a card tells of it. */
export interface CardRecord {
  kind: 'contact' | 'company';
  id: string;
  data: Record<string, unknown>;
  note: string;
  /** The name of the firm that a contact belongs to. */
  company?: string;
  /** A picture that goes with it. */
  photo?: { mediaType: string; base64: string };
}

/** The UID of a record that came from nowhere else. */
export const ownUid = (id: string): string => `itaca:${id}`;

/** A second firm is no fuller word for the first. */
const manyOf = new Set(['ORG']);

/**
 * Writes a record as a card (RFC 6350, or RFC 2426 for 3.0). Lines that the record keeps under `vcard:` are given back
 * as they are; one that says something of the record in fuller words stands in the place of the record's own, and only
 * as long as the record says the same.
 * @returns the card, its lines folded and ended by CRLF
 */
export function writeCard(record: CardRecord, version: VcardVersion): string {
  const said = allSaid(record, version);
  const kept = CardLines.kept(record.data.vcard);
  const fuller = fullerLines(said, kept);
  const left = kept.left();
  const taken = new Set(left.flatMap(({ group }) => (group === undefined ? [] : [group.toLowerCase()])));
  let groups = 0;
  const lines = said.flatMap((line) => {
    const instead = fuller.get(line);
    if (instead) return [keptLine(instead)];
    const text = `${line.name}${line.params}:${line.value}`;
    if (line.label === undefined) return [text];
    do groups++;
    while (taken.has(`item${groups}`));
    return [`item${groups}.${text}`, `item${groups}.X-ABLabel:${textValue(line.label)}`];
  });
  const instead = new Set(fuller.values());
  const rest = left.filter((line) => !instead.has(line)).map(keptLine);
  const card = ['BEGIN:VCARD', `VERSION:${version}`, ...lines, ...rest, 'END:VCARD'];
  return card.map((line) => `${foldLine(line)}\r\n`).join('');
}

/** What the record itself says, in the order of the lines of a card. */
function allSaid({ kind, id, data, note, company, photo }: CardRecord, version: VcardVersion): SaidLine[] {
  const firm = kind === 'company';
  const name = textIn(data.name);
  const uid = textIn((data.identifiers as Record<string, unknown> | undefined)?.vcard_uid) || ownUid(id);
  const names = [textIn(data.family_name), textIn(data.given_name)];
  const line = (key: string, value: string, params = ''): SaidLine[] => [{ name: key, params, value }];
  const picture = (): SaidLine[] => {
    if (!photo) return [];
    const { mediaType, base64 } = photo;
    return version === '4.0'
      ? line('PHOTO', `data:${mediaType};base64,${base64}`)
      : line('PHOTO', base64, `;ENCODING=b;TYPE=${mediaType.replace('image/', '').toUpperCase()}`);
  };
  const organisation = firm ? name : (company ?? '');
  return [
    ...line('UID', textValue(uid)),
    ...(firm ? (version === '4.0' ? line('KIND', 'org') : line('X-ABShowAs', 'COMPANY')) : []),
    ...line('FN', textValue(name)),
    // vCard 3 wants it, whatever it says.
    ...(names.some(Boolean) || version === '3.0' ? line('N', `${names.map(textValue).join(';')};;;`) : []),
    ...(organisation === '' ? [] : line('ORG', textValue(organisation))),
    ...saidLines(data, version),
    ...(note.trim() === '' ? [] : line('NOTE', textValue(note.trim()))),
    ...picture(),
  ];
}

/**
 * Which kept lines say in fuller words what a line of the record says. Those that say something that the record does
 * not say (any more) are taken from `kept`: it would come back by them.
 */
function fullerLines(said: readonly SaidLine[], kept: CardLines): Map<SaidLine, ContentLine> {
  const fuller = new Map<SaidLine, ContentLine>();
  const readings = new Map<string, SaidLine[]>();
  for (const line of said) {
    const read = parseKept(`${line.name}${line.params}:${line.value}`);
    const reading = read && readingOf(read, line.label);
    if (reading === undefined) continue;
    const key = `${line.name} ${reading}`;
    readings.set(key, [...(readings.get(key) ?? []), line]);
  }
  for (const line of kept.left()) {
    const reading = readingOf(line, kept.named(line), kept.countryOf(line));
    if (reading === undefined) continue;
    const same = readings.get(`${line.name} ${reading}`)?.shift();
    if (same) fuller.set(same, line);
    else if (reading !== '' ? !manyOf.has(line.name) && !line.params.has('ALTID') : isSaid(line, said))
      kept.take(line);
  }
  return fuller;
}

/** Whether the record has a value of which a card may have one only. */
function isSaid({ name, params }: ContentLine, said: readonly SaidLine[]): boolean {
  return ['N', 'BDAY'].includes(name) && !params.has('ALTID') && said.some((line) => line.name === name);
}
