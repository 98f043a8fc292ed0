import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { mboxSource } from './mbox.js';
import { ofFile } from './of-file.js';
import { type FileKind, fileArrival, fileKind, filePlace } from './one-file.js';
import type { Arrival, Source, Tell } from './source.js';

/** A file of a folder. */
interface Entry {
  path: string;
  /** Within the folder, with `/`. */
  name: string;
  label: string;
  kind: FileKind;
}

/**
 * A folder of files and its subfolders: `.eml` files, mboxes, scans, messages under any other name; in the order of their
 * names. Hidden ones are passed over; documents, which may be letters, cannot be read, and say so; others are told.
 * @param label the folder as it was named
 */
export function folderSource(path: string, label: string, tell: Tell): Source {
  return {
    label,
    async *arrivals(isKnown) {
      for await (const entry of entriesOf(path, label)) {
        if (entry.kind === 'mbox') yield* ofMbox(entry, isKnown, tell);
        else if (entry.kind === 'other') {
          if (letter.test(entry.name)) yield unreadable(entry);
          else tell({ message: `${entry.label} is neither a message nor a scan` });
        } else {
          const place = await filePlace(entry.path, entry.name, entry.label);
          if (!place || isKnown(place.place)) continue;
          const arrival = await fileArrival(entry.path, entry.name, entry.label, entry.kind === 'mail');
          if (arrival) yield arrival;
        }
      }
    },
    async *places() {
      for await (const entry of entriesOf(path, label)) {
        if (entry.kind === 'mbox') {
          const mbox = mboxSource(entry.path, entry.label, tell);
          for await (const place of mbox.places()) yield `${entry.name}/${place}`;
        } else if (entry.kind === 'other') {
          if (letter.test(entry.name)) yield entry.name;
        } else {
          const place = await filePlace(entry.path, entry.name, entry.label);
          if (place) yield place.place;
        }
      }
    },
    async done() {},
    async close() {},
  };
}

/** What somebody may have written a letter with. */
const letter = /\.(?:docx?|odt|rtf|pages|wps|xps|msg)$/i;

/** Hidden files, and what Windows leaves in folders. */
const unmeant = /(?:^|\/)(?:\.|thumbs\.db$|desktop\.ini$)/i;

async function* entriesOf(path: string, label: string): AsyncGenerator<Entry> {
  const entries = await ofFile(label, readdir(path, { recursive: true, withFileTypes: true }));
  const names = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !unmeant.test(name));
  const order = new Intl.Collator('en', { numeric: true });
  for (const name of names.sort((a, b) => order.compare(a, b) || (a < b ? -1 : 1))) {
    const file = join(path, name);
    const kind = await fileKind(file, name).catch((error: NodeJS.ErrnoException): FileKind | undefined =>
      // Gone since, a link into the void, or a link to a folder. What cannot be read counts, and says so when it is read.
      error.code === 'ENOENT' || error.code === 'EISDIR' ? undefined : 'mail',
    );
    if (kind) yield { path: file, name, label: join(label, name), kind };
  }
}

/** A document that cannot be read: it must not lie there unseen. */
function unreadable({ name, label }: Entry): Arrival {
  return {
    place: name,
    file: label,
    size: 0,
    isMail: false,
    async read() {
      throw new ItacaError('invalid', `${label} is neither a message nor a scan`, { path: label });
    },
  };
}

/** The messages of an mbox in the folder. */
async function* ofMbox(
  entry: Entry,
  isKnown: (place: string) => boolean,
  tell: Tell,
): AsyncGenerator<Arrival> {
  const within = (place: string) => `${entry.name}/${place}`;
  const mbox = mboxSource(entry.path, entry.label, tell);
  for await (const arrival of mbox.arrivals((place) => isKnown(within(place))))
    yield { ...arrival, place: within(arrival.place) };
}
