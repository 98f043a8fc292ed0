import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventLine } from '../domain/events/event.js';
import { withId } from '../domain/sending/journal-line.js';
import { eventIds, eventLedgerProblems, eventLedgers, readEventLedgers } from './event-ledger.js';
import { EventWriter } from './event-writer.js';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'itaca-events-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const line = (n: number, reason = ''): EventLine =>
  withId({
    event: 'delivered' as const,
    at: new Date(n * 1000).toISOString(),
    source: 'ses' as const,
    message_id: `<${n}@example.com>`,
    contact: 'p-aaaaaaaaaa',
    address: 'a@example.org',
    ...(reason ? { reason } : {}),
  });

async function write(lines: readonly EventLine[], clone = 'one'): Promise<string[]> {
  const writer = new EventWriter(join(base, 'events'), `2026-11-20-ses-${clone}`, join(base, 'waiting'));
  for (const one of lines) {
    writer.add(JSON.stringify(one));
    await writer.flush();
  }
  return writer.place();
}

async function read(): Promise<EventLine[]> {
  const found: EventLine[] = [];
  for await (const one of readEventLedgers(join(base, 'events'))) found.push(one);
  return found;
}

describe('the ledgers of events', () => {
  it('grow at their end, and give each event once', async () => {
    await write([line(1), line(2)]);
    const [path] = await write([line(3)]);
    expect(await eventLedgers(join(base, 'events'))).toHaveLength(1);
    expect(readFileSync(path as string, 'utf8').split('\n')).toHaveLength(4);
    await write([line(2), line(4)], 'two');
    expect((await read()).map(({ message_id }) => message_id).sort()).toEqual(
      [1, 2, 3, 4].map((n) => `<${n}@example.com>`),
    );
    expect((await eventIds(join(base, 'events'))).size).toBe(4);
  });

  it('roll at 32 MB', async () => {
    const long = 'x'.repeat(40_000);
    const paths = await write(Array.from({ length: 900 }, (_, n) => line(n, long)));
    expect(paths.map((path) => path.slice(base.length + 8))).toEqual([
      '2026-11-20-ses-one.jsonl',
      '2026-11-20-ses-one-2.jsonl',
    ]);
    expect(await read()).toHaveLength(900);
  });

  it('set a torn end apart, and never write behind one', async () => {
    const [path = ''] = await write([line(1)]);
    appendFileSync(path, JSON.stringify(line(2)).slice(0, 50));
    expect(await read()).toHaveLength(1);
    expect(await eventLedgerProblems(join(base, 'events'))).toEqual([]);
    const [other] = await write([line(3)]);
    expect(other).toMatch(/-2\.jsonl$/);
    expect(await read()).toHaveLength(2);
  });

  it('tell of a line that was changed, with its place', async () => {
    const [path = ''] = await write([line(1), line(2), line(3)]);
    writeFileSync(path, readFileSync(path, 'utf8').replace('<2@', '<9@'));
    await expect(read()).rejects.toMatchObject({ code: 'invalid', line: 2 });
    expect(await eventLedgerProblems(join(base, 'events'))).toMatchObject([{ error: { line: 2 } }]);
  });
});
