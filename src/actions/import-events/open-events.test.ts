import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ItacaError } from '../../domain/error.js';
import { openEvents } from './open-events.js';

async function read(bytes: Uint8Array): Promise<object[] | string> {
  const input = (async function* () {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  })();
  const found: object[] = [];
  try {
    const readings = openEvents(input, 'x', async () => () => ({ fault: 'unsigned' }));
    for await (const batch of readings) found.push(...batch);
  } catch (error) {
    if (error instanceof ItacaError) return error.message;
    throw error;
  }
  return found;
}

const event = JSON.stringify({ event: 'open', email: 'a@b.org', timestamp: 1795250000, sg_event_id: 'x' });
const log = '1.1.1.1 - - [21/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "-"\n';

describe('a file of events', () => {
  it('is told by its first lines, packed or not, in UTF-8 or UTF-16', async () => {
    const one = [expect.objectContaining({ line: 1, source: 'sendgrid' })];
    for (const bytes of [
      Buffer.from(event),
      gzipSync(event),
      Buffer.from(`\ufeff[${event}]`),
      Buffer.from(`\ufeff${event}`, 'utf16le'),
      Buffer.from(`\ufeff${event}`, 'utf16le').swap16(),
    ])
      expect(await read(bytes)).toEqual(one);
    expect(await read(Buffer.from(`# a comment\n${log}${log}`))).toMatchObject([
      { line: 1 },
      { line: 2, source: 'redirector', fault: 'unsigned' },
      { line: 3 },
    ]);
    expect(await read(Buffer.from(''))).toBe('the file is empty');
    expect(await read(Buffer.from('a;b\n1;2\n'))).toContain('neither JSON nor an access log');
    expect(await read(gzipSync(event).subarray(0, 30))).toContain('broken or cut off');
  });

  it('may be any bytes: they are read, or refused with a sentence', async () => {
    const begun = fc.constantFrom('', '{', '[{"a":', '\x1f\x8b', '\xff\xfe', '\xfe\xff{', log);
    await fc.assert(
      fc.asyncProperty(begun, fc.uint8Array({ maxLength: 300 }), async (head, rest) => {
        const found = await read(Buffer.concat([Buffer.from(head, 'latin1'), rest]));
        expect(typeof found === 'string' || Array.isArray(found)).toBe(true);
      }),
    );
  });
});
