import { CardLines } from './card-lines.js';
import { namesIn } from './card-names.js';
import {
  addressesIn,
  birthdayOf,
  emailsIn,
  languageIn,
  phonesIn,
  tagsIn,
  textOf,
  timezoneIn,
  urlsIn,
} from './card-values.js';
import { mediaType } from './kept-line.js';
import type { RawCard } from './raw-cards.js';
import { lineOf, unescapeText } from './value-text.js';

/** A picture that lies in a card itself. */
export interface CardPhoto {
  mediaType: string;
  base64: string;
}

/** What a card says, in the keys of a record. */
export interface Card {
  line: number;
  /** `2.1`, `3.0`, `4.0`, or what the card says; empty where it says nothing. */
  version: string;
  kind: 'person' | 'firm' | 'group';
  /** Front matter of a contact or, for a firm, of a company, in the schema's order; of a group its name. */
  data: Record<string, unknown> & { name: string };
  /** The name of the firm that a person belongs to. */
  company?: string;
  note?: string;
  uid?: string;
  /** UIDs of a group's members. */
  members: string[];
  photos: CardPhoto[];
  /** What was not understood, one sentence each. */
  problems: string[];
}

/**
 * Reads a card of vCard 2.1, 3.0 or 4.0, in whatever dialect. What a record has no place for stands in `vcard:`, as
 * unfolded lines of vCard 4; so does a line that says more than the record takes from it.
 * @returns the card, or why it is refused and at which line
 */
export function readCard(raw: RawCard): Card | { line: number; refused: string } {
  if ('refused' in raw) return raw;
  const lines = CardLines.of(raw);
  if ('refused' in lines) return lines;
  const problems: string[] = [];
  const { kind, name, given, family, company } = namesIn(lines);
  const emails = kind === 'person' ? emailsIn(lines, problems) : [];
  const shown =
    name ??
    emails.map((one) => (typeof one === 'string' ? one : one.invalid ? '' : one.address)).find(Boolean);
  if (shown === undefined)
    return { line: raw.line, refused: 'the card has neither a name nor a valid e-mail address' };
  if (name === undefined)
    problems.push(`the card has neither FN nor N, of which one is required: ${shown} stands for the name`);
  problems.push(...lines.charsetProblems());
  const uid = textOf(lines, 'UID');
  const photos = photosIn(lines);
  const person = kind === 'person';
  const data = present({
    given_name: given,
    family_name: family,
    title: person ? textOf(lines, 'TITLE') : undefined,
    emails,
    phones: phonesIn(lines),
    addresses: addressesIn(lines),
    language: person ? languageIn(lines) : undefined,
    timezone: person ? timezoneIn(lines) : undefined,
    birthday: person ? birthdayOf(lines) : undefined,
    tags: tagsIn(lines),
    urls: person ? urlsIn(lines) : undefined,
    identifiers: uid === undefined ? undefined : { vcard_uid: uid },
  });
  const note = noteIn(lines);
  const members = membersIn(lines);
  const { vcard, problems: unkept } = lines.rest();
  return {
    line: raw.line,
    version: lines.all('VERSION')[0]?.value.trim() ?? '',
    kind,
    data: { name: shown, ...data, ...present({ vcard }) },
    ...(person && company !== undefined ? { company } : {}),
    ...(note === '' ? {} : { note }),
    ...(uid === undefined ? {} : { uid }),
    members,
    photos,
    problems: [...problems, ...unkept],
  };
}

function present(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function noteIn(lines: CardLines): string {
  const notes = lines.all('NOTE').map((line) => {
    lines.take(line);
    return unescapeText(line.value).trim();
  });
  return notes.filter(Boolean).join('\n\n');
}

function membersIn(lines: CardLines): string[] {
  return ['MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER'].flatMap((name) =>
    lines.all(name).map(({ value }) => lineOf(value)),
  );
}

/** Pictures that lie in the card; one that lies elsewhere stays as the line that says where. */
function photosIn(lines: CardLines): CardPhoto[] {
  return ['PHOTO', 'LOGO'].flatMap((name) =>
    lines.all(name).flatMap((line) => {
      const data = /^data:([^,;]{0,100})[^,]{0,200};base64\\?,/i.exec(line.value.slice(0, 400));
      const base64 = line.binary ?? (data ? line.value.slice(data[0].length).replace(/\s+/g, '') : undefined);
      if (base64 === undefined && line.value.trim() !== '') return [];
      lines.take(line);
      if (!base64) return [];
      return [{ mediaType: data?.[1] || mediaType(name, line.params.get('TYPE')?.[0]), base64 }];
    }),
  );
}
