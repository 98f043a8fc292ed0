import { foldLine } from '../calendars/fold-line.js';
import { CardLines } from './card-lines.js';
import { type ContentLine, parseKept } from './content-line.js';
import { keptLine } from './kept-line.js';
import { preference } from './labels.js';
import { ownUid } from './own-uid.js';
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

/** Of these a record has one, the preferred. */
const ofOne = new Set(['FN', 'ORG', 'TITLE', 'LANG', 'TZ', 'BDAY']);
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
  for (const line of said)
    if (rivalled(line, kept)) line.params += version === '4.0' ? ';PREF=1' : ';TYPE=pref';
  let groups = 0;
  /** A line, and in its group what Apple wants to be said of it. */
  const grouped = (text: string, words: readonly (readonly [string, string | undefined])[]): string[] => {
    const said = words.filter(([, word]) => word !== undefined);
    if (said.length === 0) return [text];
    const group = `item${++groups}`;
    return [text, ...said.map(([name, word]) => `${name}:${textValue(word!)}`)].map(
      (one) => `${group}.${one}`,
    );
  };
  const given = (line: ContentLine): string[] => {
    const params = new Map(line.params);
    const word = (name: string, key: string) => [name, params.get(key)?.[0]] as const;
    const words = [word('X-ABLabel', 'X-ABLABEL'), word('X-ABADR', 'X-ABADR')];
    params.delete('X-ABLABEL');
    params.delete('X-ABADR');
    return grouped(keptLine({ ...line, params }), words);
  };
  const lines = said.flatMap((line) => {
    const instead = fuller.get(line);
    if (instead) return given(instead);
    return grouped(`${line.name}${line.params}:${line.value}`, [['X-ABLabel', line.label]]);
  });
  const instead = new Set(fuller.values());
  const rest = kept.left().filter((line) => !instead.has(line));
  const card = ['BEGIN:VCARD', `VERSION:${version}`, ...lines, ...rest.flatMap(given), 'END:VCARD'];
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

/** Whether a kept line would be read before what the record says, as it says how much it is preferred. */
function rivalled({ name }: SaidLine, kept: CardLines): boolean {
  return ofOne.has(name) && kept.all(name).some((line) => preference(line) !== undefined);
}

/** Whether the record has a value of which a card may have one only. */
function isSaid({ name, params }: ContentLine, said: readonly SaidLine[]): boolean {
  return ['N', 'BDAY'].includes(name) && !params.has('ALTID') && said.some((line) => line.name === name);
}
