import { fromUtf16 } from '../csv/decode.js';
import { ItacaError } from '../domain/error.js';
import { rawCards } from '../domain/vcard/raw-cards.js';
import type { Card } from '../domain/vcard/read-card.js';
import type { Change } from '../workspace/records.js';
import { takePerson } from './import-people/bring-in.js';
import { takeFirm } from './import-people/companies.js';
import type { BringInOptions, BringInReport, Refused } from './import-people/entry.js';
import { Session } from './import-people/session.js';
import { CardEntries, type CardEntry, type CardFile } from './import-vcard/card-entries.js';
import { CardPhotos } from './import-vcard/card-photos.js';
import { CardGroups } from './import-vcard/groups.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ImportVcardOptions extends Omit<BringInOptions, 'source' | 'expected'> {
  files: readonly CardFile[];
  /** Where these people were met; the file's name where absent. */
  source?: string;
  /** Keeps the pictures that lie in the cards. */
  photos?: boolean;
}

/** In the keys of `--json`. rows are cards. */
export interface ImportVcardReport extends BringInReport {
  format: 'vcard';
  /** How many cards say that they are of which version. */
  versions: Record<string, number>;
  /** Cards that are groups: their members get their names as tags. */
  groups: number;
  /** Pictures in the cards: left out, unless they were to be kept. */
  photos: number;
}

export interface ImportVcardPlan {
  report: ImportVcardReport;
  changes: Change[];
  pictures: CardPhotos;
}

/**
 * Works out what address books in vCard 2.1, 3.0 or 4.0 change, and writes nothing.
 * @throws ItacaError `invalid` for a file without a card
 */
export async function planImportVcard(options: ImportVcardOptions, tools: Tools): Promise<ImportVcardPlan> {
  const { files, photos, source, ...given } = options;
  const groups = new CardGroups();
  const { books, cards } = open(files, groups);
  const named = (path: string) => source ?? path.replace(/^.*[/\\]/, '');
  const session = await Session.open({ ...given, source: named(files[0]!.path), expected: cards }, tools);
  const pictures = new CardPhotos();
  const reading = new CardEntries(session, groups, photos ? pictures : undefined);
  const groupCards: Card[] = [];
  function* entries(): Generator<CardEntry | Refused> {
    for (const book of books) yield* reading.of(book, named(book.path), books.length > 1);
  }
  await session.each<CardEntry>(entries(), async (entry) => {
    if ('person' in entry) await takePerson(session, entry.person);
    else if ('firm' in entry) await takeFirm(session, entry.firm);
    else groupCards.push(entry.group);
  });
  for (const group of groupCards) takeGroup(session, groups, group);
  const { report, changes } = session.finish();
  report.errors.push(...reading.strays);
  const { versions } = reading;
  const counted = { versions, groups: groupCards.length, photos: reading.photos };
  return { report: { format: 'vcard', ...report, ...counted }, changes, pictures };
}

/** Carries out a plan of `planImportVcard`, as one commit. */
export async function applyImportVcard(plan: ImportVcardPlan, tools: Tools): Promise<void> {
  const { report, changes, pictures } = plan;
  const subject = `import vcard: ${report.created} created, ${report.updated} updated`;
  await write(changes, { subject, also: pictures.keep(tools) }, tools);
}

/** The files as UTF-8 or what of it they are, and how many cards they hold. */
function open(files: readonly CardFile[], groups: CardGroups): { books: CardFile[]; cards: number } {
  let cards = 0;
  const books = files.map(({ path, bytes }) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const book = { path, bytes: fromUtf16(buffer)?.bytes ?? buffer };
    const before = cards;
    for (const raw of rawCards(book.bytes).cards) {
      cards++;
      groups.learn(raw);
    }
    if (cards === before)
      throw new ItacaError('invalid', 'there is no card in this file: expected BEGIN:VCARD', { path });
    return book;
  });
  return { books, cards };
}

function takeGroup(session: Session, groups: CardGroups, group: Card): void {
  const { report } = session;
  const { changed, missing } = groups.take(session, group);
  report[changed ? 'updated' : 'unchanged']++;
  if (missing === 0) return;
  const message = `${missing} members of the group ${JSON.stringify(group.data.name)} are in no card and not on file`;
  report.errors.push({ line: group.line, message });
}
