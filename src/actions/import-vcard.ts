import { fromUtf16 } from '../csv/decode.js';
import { ItacaError } from '../domain/error.js';
import type { Change } from '../workspace/records.js';
import { bringInPeople } from './import-people/bring-in.js';
import type { PeopleReport, PersonEntry } from './import-people/entry.js';
import { CardEntries, fileName } from './import-vcard/card-entries.js';
import { CardPhotos } from './import-vcard/card-photos.js';
import { CardGroups } from './import-vcard/groups.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ImportVcardOptions {
  files: readonly { path: string; bytes: Uint8Array }[];
  /** Where these people were met; the file's name where absent. */
  source?: string;
  /** Given to everybody in the files. */
  tags?: string[];
  office?: string;
  owner?: string;
  /** Keeps the pictures that lie in the cards. */
  photos?: boolean;
  progress?: (done: number, total: number) => void;
}

/** In the keys of `--json`. rows are cards. */
export interface ImportVcardReport extends PeopleReport {
  format: 'vcard';
  /** How many cards say that they are of which version. */
  versions: Record<string, number>;
  /** Cards that are groups: their members get their names as tags. They change nothing themselves. */
  groups: number;
  /** Pictures in the cards: left out, unless they were to be kept. */
  photos: number;
}

export interface ImportVcardPlan {
  report: ImportVcardReport;
  changes: Change[];
  /** To be kept. */
  photos?: CardPhotos;
}

/**
 * Works out what address books in vCard 2.1, 3.0 or 4.0 change, and writes nothing.
 * @throws ItacaError `invalid` for a file without a card
 */
export async function planImportVcard(
  { files, photos: keepPhotos, ...options }: ImportVcardOptions,
  tools: Tools,
): Promise<ImportVcardPlan> {
  const groups = new CardGroups();
  const books = files.map(({ path, bytes }) => {
    const plain = fromUtf16(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))?.bytes ?? bytes;
    const before = groups.cards;
    groups.learn(plain);
    if (groups.cards === before)
      throw new ItacaError('invalid', 'there is no card in this file: expected BEGIN:VCARD', { path });
    return { path, bytes: plain };
  });
  const { workspace } = tools;
  const kept = keepPhotos ? new CardPhotos() : undefined;
  const reading = new CardEntries(groups, kept, options.source, await workspace.index(), workspace.country);
  function* entries(): Generator<PersonEntry> {
    for (const book of books) yield* reading.of(book, books.length > 1);
  }
  const { report, changes } = await bringInPeople(
    entries(),
    { ...options, source: options.source ?? fileName(files[0]!.path), expected: groups.cards },
    tools,
  );
  // A group is a card too, and changes nothing but its members.
  report.rows += groups.groups;
  report.unchanged += groups.groups;
  report.errors.push(...reading.strays);
  const { versions, photos } = reading;
  return {
    report: { format: 'vcard', ...report, versions, groups: groups.groups, photos },
    changes,
    ...(kept ? { photos: kept } : {}),
  };
}

/** Carries out a plan of `planImportVcard`, as one commit. */
export async function applyImportVcard(
  { report, changes, photos }: ImportVcardPlan,
  tools: Tools,
): Promise<void> {
  const subject = `import vcard: ${report.created} created, ${report.updated} updated`;
  await write(changes, { subject, also: photos?.keep(tools) ?? [] }, tools);
}
