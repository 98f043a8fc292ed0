import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseLog } from '../../domain/eventlog/logged-case.js';
import { xesHead, xesTail, xesTrace } from '../../domain/eventlog/write-xes.js';
import { readXes } from './read-xes.js';

async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 256);
  for (let at = 256; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (xml: string | Uint8Array) => readXes(pieces(Buffer.from(xml as string)), 'log.xes');

const event = (name: string) =>
  `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="2026-01-01T10:00:00Z"/></event>`;
const trace = (name: string, ...events: string[]) =>
  `<trace><string key="concept:name" value="${name}"/>${events.join('')}</trace>`;

describe('XES', () => {
  it('is read trace by trace, with what is said of a trace before each of its events', async () => {
    const log = await read(
      `<?xml version="1.0"?><log><string key="creator" value="x"/><global scope="event"><string key="g" value="v"/></global>
${trace('1', event('a &amp; b'), event('c'))}${trace('2')}<trace>${event('d')}<int key="late" value="3"/></trace></log>`,
    );
    expect(log.names).toEqual(['case:concept:name', 'concept:name', 'time:timestamp', 'case:late']);
    expect(log.rows.map(({ cells }) => [...cells])).toEqual([
      ['1', 'a & b', '2026-01-01T10:00:00Z'],
      ['1', 'c', '2026-01-01T10:00:00Z'],
      [undefined, 'd', '2026-01-01T10:00:00Z', '3'],
    ]);
    expect(log.rows[0]?.line).toBe(2);
    expect(log.refused).toEqual([{ line: 2, message: 'the trace has no event' }]);
    expect(log.left).toEqual([{ column: 'creator', why: 'it is about the log, not about a case' }]);
  });

  it('may have a prefix, nested attributes and lists, which are named as left out', async () => {
    const log = await read(
      `<x:log xmlns:x="http://www.xes-standard.org/"><x:trace><x:string key="a" value="1"><x:int key="b" value="2"/></x:string>
<x:event><x:list key="l"><x:values><x:string key="c" value="3"/></x:values></x:list></x:event></x:trace></x:log>`,
    );
    expect(log.names).toEqual(['case:a']);
    expect(log.left.map(({ column }) => column)).toEqual(['nested attributes', 'l']);
  });

  it.each(['utf-8', 'utf-8 bom', 'utf-16le', 'latin1'])('is read in %s', async (encoding) => {
    const xml = `<?xml version="1.0"${encoding === 'latin1' ? ' encoding="ISO-8859-1"' : ''}?><log>${trace('Größe', event('é'))}</log>`;
    const bytes =
      encoding === 'utf-16le'
        ? Buffer.from(`\ufeff${xml}`, 'utf16le')
        : encoding === 'latin1'
          ? Buffer.from(xml, 'latin1')
          : Buffer.from((encoding === 'utf-8' ? '' : '\ufeff') + xml);
    const log = await read(bytes);
    expect(log.rows.map(({ cells }) => cells.slice(0, 2))).toEqual([['Größe', 'é']]);
  });

  const bomb = `<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<log>${trace('&b;')}</log>`;
  it.each([
    ['cut off', `<log>\n${trace('1', event('a')).slice(0, -10)}`, 'broken XML', 2],
    ['cut off in a tag', '<log>\n<trace><event><string key="a', 'broken XML', 2],
    ['with entities that grow', bomb, 'a document type is not read', 2],
    ['with an entity that nobody declared', `<log>${trace('&b;')}</log>`, 'broken XML', 1],
    ['with a file as its entity', '<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', 'a document type', 1],
    ['nested without end', `<log>${'<string key="a" value="b">'.repeat(40)}`, 'nested more than 32 deep', 1],
    ['of another sort', '<html><body/></html>', 'this is no event log: it begins with <html>', 1],
    ['without a key', '<log><trace><string value="a"/></trace></log>', 'has no key', 1],
    ['without a value', '<log><trace><string key="a"/></trace></log>', '"a" has no value', 1],
    ['with a NUL', `<log>${trace('a\0b')}</log>`, 'broken XML', 1],
    ['of two roots', '<log/><log/>', 'broken XML', 1],
  ])('%s is refused with its line', async (_what, xml, message, line) => {
    await expect(read(xml)).rejects.toMatchObject({
      code: 'invalid',
      path: 'log.xes',
      message: expect.stringContaining(message),
      line,
    });
  });

  it('that is no text, or of an unknown encoding, is refused', async () => {
    const latin = Buffer.from(`<log>${trace('Größe')}</log>`, 'latin1');
    await expect(read(latin)).rejects.toMatchObject({ code: 'invalid', message: 'the text is no utf-8' });
    await expect(read('<?xml version="1.0" encoding="klingon"?><log/>')).rejects.toMatchObject({
      message: 'nobody here knows the encoding "klingon"',
    });
  });

  it('without an end to a tag is refused before it fills the memory', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<log><trace><string key="a" value="');
      for (;;) yield Buffer.alloc(1 << 20, 'x');
    }
    await expect(readXes(endless(), 'log.xes')).rejects.toMatchObject({ message: '16 MB without a tag' });
  });

  it('that is written is read as it was', async () => {
    // What XML can hold: no control characters but white space, no lone surrogates.
    const text = fc
      .string({
        unit: fc.constantFrom(
          'a',
          'é',
          '漢',
          '😀',
          '<',
          '>',
          '&',
          '"',
          "'",
          '\n',
          '\r',
          '\t',
          ' ',
          '\u0085',
          '\u202e',
          ']]>',
        ),
      })
      .filter((one) => one !== '');
    const line = fc.record({
      activity: text,
      at: fc.constantFrom('2026-01-01T10:00:00.123+01:00', '2026-01-01T10:00:00Z'),
      by: fc.option(text, { nil: undefined }),
      transition: fc.constantFrom('complete', 'start'),
      more: fc.record({ costs: text }, { requiredKeys: [] }),
    });
    const logs = fc.array(
      fc.record({
        name: text,
        attributes: fc.record({ product: text }, { requiredKeys: [] }),
        events: fc.array(line, { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(logs, async (cases: CaseLog[]) => {
        const log = await read(xesHead() + cases.map(xesTrace).join('') + xesTail);
        const rows = log.rows.map(({ cells }) =>
          Object.fromEntries(
            log.names.flatMap((name, i) => (cells[i] === undefined ? [] : [[name, cells[i]]])),
          ),
        );
        expect(rows).toEqual(
          cases.flatMap(({ name, attributes, events }) =>
            events.map(({ activity, at, by, transition, more }) => ({
              'case:concept:name': name,
              ...(attributes.product === undefined ? {} : { 'case:product': attributes.product }),
              'concept:name': activity,
              'time:timestamp': at,
              'lifecycle:transition': transition,
              ...(by === undefined ? {} : { 'org:resource': by }),
              ...more,
            })),
          ),
        );
      }),
    );
  });
});
