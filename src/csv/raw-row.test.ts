import { describe, expect, it } from 'vitest';
import { isFormula, neutralise } from './formula.js';
import { encodeCell, neutraliseRaw, rawCells } from './raw-row.js';

describe('formulas', () => {
  it.each(['=1+1', '@SUM(A1)', '+cmd|x', '-2+3+cmd', '\tx', '\r=1', '-', '+', '＝1'])('%j is one', (cell) => {
    expect(isFormula(cell)).toBe(true);
    expect(neutralise(cell)).toBe(`'${cell}`);
  });

  it.each(['+39 02 1234567', '+39 (02) 123.45-67', '-5', '+3,5', '-1.234,56', '-3 %', 'a=b', ''])(
    '%j is none',
    (cell) => {
      expect(neutralise(cell)).toBe(cell);
    },
  );
});

describe('a raw row', () => {
  it('gives its cells with their quotation marks', () => {
    expect(rawCells('a,"b, ""c""", "d",', ',')).toEqual(['a', '"b, ""c"""', ' "d"', '']);
  });

  it('neutralises one cell and keeps its quotation marks', () => {
    expect(neutraliseRaw('"=1,2"', ',')).toBe('"\'=1,2"');
    expect(neutraliseRaw('=1', ',')).toBe("'=1");
    expect(neutraliseRaw(' x', ',')).toBe(' x');
  });

  it('quotes what needs it', () => {
    expect(encodeCell('a"b', ',')).toBe('"a""b"');
    expect(encodeCell('a,b', ';')).toBe('a,b');
  });
});
