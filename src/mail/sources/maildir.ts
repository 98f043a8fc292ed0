import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ofFile, orGone } from './of-file.js';
import type { Arrival, Source, Tell } from './source.js';
import { refuseTooLarge } from './too-large.js';

/** Where a message lies in a Maildir. */
interface Entry {
  /** Its unique name: without the flags, which change. */
  place: string;
  /** `new/…` or `cur/…`. */
  name: string;
}

/**
 * A Maildir, `new/` and `cur/`: nothing is moved or marked in it. Its subfolders (`.Sent`) are Maildirs of their own,
 * read where they are named.
 * @param path of the folder that holds `cur`, `new` and `tmp`
 * @param label the folder as it was named
 */
export function maildirSource(path: string, label: string, tell: Tell): Source {
  return {
    label,
    async *arrivals(isKnown) {
      for (const entry of inOrder(await entriesOf(path, label))) {
        if (isKnown(entry.place)) continue;
        const arrival = await arrivalOf(path, label, entry);
        if (arrival) yield arrival;
        else tell({ place: entry.place, message: `${join(label, entry.name)} vanished before it was read` });
      }
    },
    async *places() {
      yield* (await entriesOf(path, label)).keys();
    },
    async done() {},
    async close() {},
  };
}

/** `new/` first: what another program moves to `cur/` meanwhile is then met in one of both. */
async function entriesOf(path: string, label: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (const folder of ['new', 'cur'])
    for (const name of await ofFile(join(label, folder), readdir(join(path, folder)))) {
      if (name.startsWith('.')) continue;
      const place = name.replace(/[:;!]2,[^:;!]*$/, '');
      entries.set(place, { place, name: `${folder}/${name}` });
    }
  return entries;
}

/** By the seconds since 1970 that a unique name begins with, then by name. */
function inOrder(entries: ReadonlyMap<string, Entry>): Entry[] {
  const keyed = [...entries.values()].map((entry) => ({ entry, time: deliveredAt(entry.place) ?? 0 }));
  keyed.sort((a, b) => a.time - b.time || (a.entry.place < b.entry.place ? -1 : 1));
  return keyed.map(({ entry }) => entry);
}

/** When a message was delivered, by its name, in milliseconds since 1970. */
function deliveredAt(place: string): number | undefined {
  const seconds = /^(\d{9,11})(?=\.)/.exec(place)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

async function arrivalOf(path: string, label: string, entry: Entry): Promise<Arrival | undefined> {
  const found = await orGone(
    join(label, entry.name),
    withName(path, label, entry, (name) => stat(join(path, name))),
  );
  if (!found?.isFile()) return undefined;
  return {
    place: entry.place,
    file: join(label, entry.name),
    receivedAt: deliveredAt(entry.place) ?? found.mtimeMs,
    size: found.size,
    isMail: true,
    async read() {
      refuseTooLarge(join(label, entry.name), found.size);
      const content = withName(path, label, entry, (name) => readFile(join(path, name)));
      return orGone(join(label, entry.name), content);
    },
  };
}

/** Does something with a message's file; where another program has given it another name, with that one. */
async function withName<T>(
  path: string,
  label: string,
  entry: Entry,
  work: (name: string) => Promise<T>,
): Promise<T> {
  return work(entry.name).catch(async (error: NodeJS.ErrnoException) => {
    const now = error.code === 'ENOENT' ? (await entriesOf(path, label)).get(entry.place) : undefined;
    if (!now) throw error;
    entry.name = now.name;
    return work(now.name);
  });
}
