import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ItacaError } from '../domain/error.js';
import type { EventLine } from '../domain/events/event.js';
import { IdSet } from '../domain/events/id-set.js';
import { isJournal, parseLine } from '../domain/sending/journal-line.js';
import { textLines } from './text-lines.js';

/**
 * The events of a campaign, of every source and clone: those that stand in several ledgers once.
 * @param folder absolute path of the campaign's `events/`; it need not exist
 * @param wanted of a line's text, to read only some
 * @throws ItacaError `invalid` with path and line, where a line is not as it was written
 */
export async function* readEventLedgers(
  folder: string,
  wanted: (text: string) => boolean = () => true,
): AsyncGenerator<EventLine> {
  const known = new IdSet();
  for (const name of await eventLedgers(folder)) {
    for await (const { lines, before } of wholeLines(join(folder, name)))
      for (const [i, text] of lines.entries()) {
        if (!wanted(text)) continue;
        const event = parseLine<EventLine>(text);
        if (typeof event === 'string') throw broken(join(folder, name), before + i + 1, event);
        if (known.add(event.id)) yield event;
      }
  }
}

/** The ids of all events of a campaign. */
export async function eventIds(folder: string): Promise<IdSet> {
  const known = new IdSet();
  for (const name of await eventLedgers(folder))
    for await (const { lines } of wholeLines(join(folder, name)))
      for (const text of lines) {
        const id = /^\{"id":"([0-9a-f]{20})"/.exec(text)?.[1];
        if (id !== undefined) known.add(id);
      }
  return known;
}

/** The ledgers in a campaign's `events/`, by name; none where there is no such folder. */
export async function eventLedgers(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter(isJournal).sort();
}

/** The first line of each ledger that is not as it was written. */
export async function eventLedgerProblems(folder: string): Promise<{ name: string; error: ItacaError }[]> {
  const problems: { name: string; error: ItacaError }[] = [];
  for (const name of await eventLedgers(folder))
    for await (const { lines, before } of wholeLines(join(folder, name))) {
      const faults = lines.map((text) => parseLine<EventLine>(text));
      const first = faults.findIndex((fault) => typeof fault === 'string');
      if (first < 0) continue;
      problems.push({ name, error: broken(name, before + first + 1, String(faults[first])) });
      break;
    }
  return problems;
}

/** Whether a file ends where a line does, as one that no crash cut off. */
export async function endsWhole(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return true;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 0x0a;
  } finally {
    await file.close();
  }
}

/**
 * The lines of a ledger, many at a time, with how many came before them; without what a crash left at its end.
 */
async function* wholeLines(path: string): AsyncGenerator<{ lines: string[]; before: number }> {
  const whole = await endsWhole(path);
  let before = 0;
  let held: string[] = [];
  for await (const lines of textLines(createReadStream(path, { highWaterMark: 1 << 18 }))) {
    if (held.length > 0) yield { lines: held, before };
    before += held.length;
    held = lines;
  }
  yield { lines: whole ? held : held.slice(0, -1), before };
}

function broken(path: string, line: number, message: string): ItacaError {
  return new ItacaError('invalid', `${path}:${line}: ${message}`, {
    hint: 'restore the line from git or from a backup, or import the events again into a folder without this file',
    path,
    line,
  });
}
