import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCsv, rowsOf } from './open-csv.js';
import { csvText } from './write-csv.js';

const known = (cells: readonly string[]) =>
  cells.filter((cell) => /^(email|name|nome|città)$/i.test(cell)).length;
const open = (file: string | Uint8Array) =>
  openCsv(typeof file === 'string' ? Buffer.from(file) : file, { known });
const cellsOf = (file: string | Uint8Array) => [...rowsOf(open(file))].map((row) => row.cells);

describe('a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from('nome,città\nZoë,Köln\n'), 'utf-8', false],
    ['UTF-8 with BOM', Buffer.from('\ufeffnome,città\nZoë,Köln\n'), 'utf-8', true],
    ['UTF-16 LE with BOM', Buffer.from('\ufeffnome,città\nZoë,Köln\n', 'utf16le'), 'utf-16le', true],
    ['UTF-16 LE without', Buffer.from('nome,città\nZoë,Köln\n', 'utf16le'), 'utf-16le', false],
    ['UTF-16 BE', Buffer.from('\ufeffnome,città\nZoë,Köln\n', 'utf16le').swap16(), 'utf-16be', true],
    ['windows-1252', Buffer.from('nome,città\nZoë,Köln\n', 'latin1'), 'windows-1252', false],
  ])('reads %s', (_, bytes, encoding, bom) => {
    expect(open(bytes)).toMatchObject({ encoding, bom, header: ['nome', 'città'] });
    expect(cellsOf(bytes)).toEqual([['Zoë', 'Köln']]);
  });

  it('reads the euro sign of windows-1252, and a line of it in a UTF-8 file', () => {
    const mixed = Buffer.concat([
      Buffer.from('nome,x\nZoë,1\nJos'),
      Buffer.from([0xe9]),
      Buffer.from(',5 '),
      Buffer.from([0x80]),
    ]);
    expect(open(mixed).encoding).toBe('utf-8 and windows-1252');
    expect(cellsOf(mixed)).toEqual([
      ['Zoë', '1'],
      ['José', '5 €'],
    ]);
  });

  it.each([',', ';', '\t', '|'])(
    'tells the delimiter %j, with others inside quotation marks',
    (delimiter) => {
      const other = delimiter === ',' ? ';' : ',';
      const text = `name${delimiter}email\r\n"a${other}b${other}c"${delimiter}x@y.it\r\n`;
      expect(open(text)).toMatchObject({ delimiter, newline: '\r\n' });
      expect(cellsOf(text)).toEqual([[`a${other}b${other}c`, 'x@y.it']]);
    },
  );

  it('leaves out the lines before the header and the totals after the rows', () => {
    const text = 'Report\n"As of today"\n\nname,email,x\nA,a@x.it,1\nB,b@x.it,2\n\n"Total Records",2\n';
    expect(open(text)).toMatchObject({ linesBefore: 3, linesAfter: 1, header: ['name', 'email', 'x'] });
    expect([...rowsOf(open(text))].map((row) => row.line)).toEqual([5, 6]);
  });

  it('knows the line of each row and its raw text', () => {
    const text = 'name,email\r\n"A\r\nB",a@x.it\r\n\r\n"C", "c@x.it"\r\nD';
    const file = open(text);
    const rows = [...rowsOf(file)];
    expect(rows.map((row) => row.line)).toEqual([2, 4, 5, 6]);
    expect(rows.map((row) => file.bytes.subarray(row.start, row.end).toString())).toEqual([
      '"A\r\nB",a@x.it',
      '',
      '"C", "c@x.it"',
      'D',
    ]);
    expect(rows[2]?.cells).toEqual(['C', 'c@x.it']);
  });

  it('takes a stray quotation mark for text', () => {
    expect(cellsOf('name,email\nMario "il Rosso",a@x.it\n"B" x,b@x.it\n')).toEqual([
      ['Mario "il Rosso"', 'a@x.it'],
      ['"B" x', 'b@x.it'],
    ]);
  });

  it.each([
    ['empty', Buffer.alloc(0), 'the file is empty'],
    ['binary', Buffer.from([127, 69, 76, 70, 0, 0, 0, 1, 2, 3]), 'NUL bytes'],
    ['a zip', Buffer.from([80, 75, 3, 4, 0, 0, 0, 1, 2, 3]), 'the file is packed'],
    ['gzip', Buffer.from([31, 139, 8, 0, 0, 0, 0, 1, 2, 3]), 'the file is packed'],
    [
      'an open quotation mark',
      Buffer.from('name,email\nA,a@x.it\n"B,b@x.it\nC,c@x.it\n'),
      'opened on line 3 is never closed',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => cellsOf(bytes)).toThrow(message);
  });

  it('reads what it writes', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', 'è', '"', ',', ';', '\n', ' ', '=', '字') })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1 }), (rows) => {
        const text = csvText([['name', 'email', 'x'], ...rows], { raw: true });
        expect(cellsOf(text)).toEqual(rows);
      }),
    );
  });

  it('never fails but with a clear error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          cellsOf(bytes);
        } catch (error) {
          expect((error as Error).name).toBe('ItacaError');
        }
      }),
    );
  });
});
