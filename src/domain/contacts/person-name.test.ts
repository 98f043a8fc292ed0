import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldCompanyName } from '../companies/company-name.js';
import { foldPersonName, namesAgree } from './person-name.js';

describe('a name for comparison', () => {
  it.each([
    ['ROSSI, Mario', 'Mario Rossi'],
    ['Dott. Mario Rossi', 'mario rossi'],
    ['Sig.ra Anna Bianchi', 'Anna Bianchi'],
    ['Dott.ssa Anna Bianchi', 'Anna Bianchi'],
    ['Herr Jürgen Groß', 'jurgen gross'],
    ["Nicolò D'Angelo", 'nicolo dangelo'],
    ['Σωκράτης', 'ΣΩΚΡΆΤΗΣ'],
    ['Иван Петров', 'петров иван'],
    ['Mr. J. R. Smith Jr.', 'J R Smith'],
  ])('%s is %s', (a, b) => expect(foldPersonName(a)).toBe(foldPersonName(b)));

  it.each(['王伟', 'محمد علي', 'สมชาย', 'दीपक'])('%s survives', (name) =>
    expect(foldPersonName(name)).not.toBe(''),
  );

  it('does not take a name for a title', () => {
    expect(foldPersonName('Ma Yun')).toBe('ma yun');
    expect(foldPersonName('M. Rossi')).toBe('m rossi');
  });

  it.each([
    ['Mario Rossi', 'Rossi Mario', 'yes'],
    ['M. Rossi', 'Mario Rossi', 'yes'],
    ['M. Rossi', 'Anna Rossi', 'no'],
    ['Mario Rossi', 'Marco Rossi', 'no'],
    ['Mario Rossi', 'Mario Rossi Bianchi', 'no'],
    ['M. R.', 'Mario Rossi', 'no'],
    ['', 'Mario Rossi', 'unknown'],
  ])('%s and %s: %s', (a, b, agreement) => {
    expect(namesAgree(foldPersonName(a), foldPersonName(b))).toBe(agreement);
    expect(namesAgree(foldPersonName(b), foldPersonName(a))).toBe(agreement);
  });

  it('is folded once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(foldPersonName(foldPersonName(name))).toBe(foldPersonName(name));
      }),
    );
  });
});

describe('a company for comparison', () => {
  it.each([
    ['ACME S.r.l.', 'acme'],
    ['Acme srl', 'acme'],
    ['Libri per Corrispondenza S.p.A.', 'libri per corrispondenza'],
    ['Müller GmbH & Co. KG', 'muller'],
    ['Foo, Inc.', 'foo'],
    ['Rossi & Figli s.n.c.', 'rossi figli'],
    ['Verdi Società a responsabilità limitata', 'verdi'],
    ['SRL', 'srl'],
    ['株式会社', '株式会社'],
    ['', ''],
  ])('%s is %s', (name, folded) => expect(foldCompanyName(name)).toBe(folded));
});
