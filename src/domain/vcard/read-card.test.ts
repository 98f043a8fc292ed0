import { describe, expect, it } from 'vitest';
import { rawCards } from './raw-cards.js';
import { type Card, readCard } from './read-card.js';

function read(...lines: string[]): Card {
  const [raw] = rawCards(Buffer.from(['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n'), 'latin1')).cards;
  const card = readCard(raw!);
  if ('refused' in card) throw new Error(`${card.line}: ${card.refused}`);
  return card;
}
/** UTF-8 as its bytes. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

describe('vCard 2.1', () => {
  it('has bare types, and values that are encoded and go on after a soft break', () => {
    const card = read(
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=',
      '=B6rg=3B jun.',
      'TEL;CELL;PREF:+49 170 1234567',
      'TEL;WORK;FAX:+49 89 1234567',
      'NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=',
      'two',
      'LABEL;WORK;ENCODING=QUOTED-PRINTABLE:Hauptstra=DFe 1=0D=0AM=FCnchen',
    );
    expect(card.data).toEqual({
      name: 'Jörg; jun. Müller',
      given_name: 'Jörg; jun.',
      family_name: 'Müller',
      phones: [
        { number: '+49 170 1234567', label: 'mobile', primary: true },
        { number: '+49 89 1234567', label: 'work fax' },
      ],
      vcard: ['LABEL;TYPE=WORK:Hauptstraße 1\\nMünchen'],
    });
    expect(card.note).toBe('one\ntwo');
  });

  it.each([
    ['as UTF-8', '', utf8('Łukasz')],
    ['as windows-1252', '', 'Andr\xe9 \x96 \x80', 'André – €'],
    ['in the character set that is named', ';CHARSET=ISO-8859-2', '\xa3ukasz'],
    ['as it can be, where nobody knows the character set', ';CHARSET=invalid-encoding', utf8('Łukasz')],
  ])('is read %s', (_, params, bytes, name = 'Łukasz') => {
    expect(read(`FN${params}:${bytes}`).data.name).toBe(name);
  });

  it('keeps a card within a card', () => {
    const card = read(
      'FN:Boss',
      'AGENT:',
      'BEGIN:VCARD',
      'FN:Aide, de camp',
      'TEL:1',
      'END:VCARD',
      'TITLE:Chief',
    );
    expect(card.data).toEqual({
      name: 'Boss',
      title: 'Chief',
      vcard: ['AGENT:BEGIN:VCARD\\nFN:Aide\\, de camp\\nTEL:1\\nEND:VCARD'],
    });
  });

  it('has base64 that ends with an empty line, indented or not', () => {
    const card = read(
      'FN:A',
      'PHOTO;ENCODING=BASE64;JPEG:',
      'AAAA',
      'BBBB',
      '',
      'KEY;X509;BASE64:',
      ' CCCC',
      '',
      'TITLE:T',
    );
    expect(card.photos).toEqual([{ mediaType: 'image/jpeg', base64: 'AAAABBBB' }]);
    expect(card.data).toEqual({
      name: 'A',
      title: 'T',
      vcard: ['KEY:data:application/pkix-cert;base64,CCCC'],
    });
  });
});

describe('vCard 3.0', () => {
  it('of Apple says in groups what its lines are called', () => {
    const { data } = read(
      'FN:A',
      'item1.EMAIL;type=INTERNET;type=pref:a@example.org',
      'item1.X-ABLabel:_$!<Other>!$_',
      'EMAIL;type=INTERNET;type=WORK:b@example.org',
      'item2.ADR;type=HOME:;;Via Roma 1\\nScala B;Udine;;33100;',
      'item2.X-ABADR:it',
      'item3.X-ABDATE:1990-05-01',
      'item3.X-ABLabel:_$!<Anniversary>!$_',
      'item4.URL;type=pref:http\\://example.org',
      'item4.X-ABLabel:_$!<HomePage>!$_',
      'BDAY;X-APPLE-OMIT-YEAR=1604;value=date:1604-02-29',
    );
    expect(data).toEqual({
      name: 'A',
      emails: [
        { address: 'a@example.org', label: 'other', primary: true },
        { address: 'b@example.org', label: 'work' },
      ],
      addresses: [
        {
          label: 'home',
          street: 'Via Roma 1, Scala B',
          locality: 'Udine',
          postal_code: '33100',
          country: 'IT',
        },
      ],
      birthday: '--02-29',
      urls: ['http://example.org'],
      vcard: ['X-ABDATE;X-ABLABEL=_$!<Anniversary>!$_:1990-05-01'],
    });
  });

  it('has escapes, lists in one parameter, and departments', () => {
    const { data, company } = read(
      'FN:Rossi\\, Mario',
      'ORG:ACME\\; Sons\\, Ltd;Sales;North',
      'TEL;TYPE="HOME,VOICE":1\\;2',
      'CATEGORIES:a\\,b,c',
      'X-FOO;BAR=1:x\\;y',
    );
    expect(company).toBe('ACME; Sons, Ltd');
    expect(data).toEqual({
      name: 'Rossi, Mario',
      phones: [{ number: '1;2', label: 'home' }],
      tags: ['a,b', 'c'],
      vcard: ['ORG:ACME\\; Sons\\, Ltd;Sales;North', 'X-FOO;BAR=1:x\\;y'],
    });
  });
});

describe('vCard 4.0', () => {
  it('has URIs, preferences, and dates without their years', () => {
    const { data, photos } = read(
      'FN:A',
      'TEL;VALUE=uri;TYPE="voice,work";PREF=2:tel:+39-02-1234567;ext=12',
      'TEL;VALUE=uri;TYPE=cell;PREF=1:tel:+39-333-1234567',
      'BDAY:--0415',
      'LANG;PREF=2:en',
      'LANG;PREF=1:it',
      'TZ:Europe/Rome',
      'PHOTO:data:image/png;base64,AAAA',
      'LOGO:https://example.org/logo.png',
    );
    expect(data).toEqual({
      name: 'A',
      phones: [
        { number: '+39-02-1234567;ext=12', label: 'work' },
        { number: '+39-333-1234567', label: 'mobile', primary: true },
      ],
      language: 'it',
      timezone: 'Europe/Rome',
      birthday: '--04-15',
      vcard: ['LANG;PREF=2:en', 'LOGO:https://example.org/logo.png'],
    });
    expect(photos).toEqual([{ mediaType: 'image/png', base64: 'AAAA' }]);
  });

  it('keeps what a record cannot hold: half a date, an offset, a country that is none', () => {
    const vcard = ['BDAY:1985-04', 'TZ:-0500', 'ADR:;;Street 1;Town;;1;Nowhere', 'N:Doe;Jane;Q.;Dr.;'];
    const { data } = read('FN:A', ...vcard);
    expect(data).toEqual({
      name: 'A',
      given_name: 'Jane',
      family_name: 'Doe',
      addresses: [{ street: 'Street 1', locality: 'Town', postal_code: '1' }],
      vcard,
    });
  });
});

describe('a card', () => {
  it.each([
    ['FN', ['FN:Shown', 'N:Doe;Jane', 'ORG:ACME'], 'Shown'],
    ['N', ['N:Doe;Jane;Quincy', 'ORG:ACME'], 'Jane Quincy Doe'],
    ['a nickname', ['NICKNAME:Jo,Joe', 'ORG:ACME'], 'Jo'],
    ['an address', ['EMAIL:a@example.org'], 'a@example.org'],
  ])('is called by %s', (_, lines, name) => {
    expect(read(...lines)).toMatchObject({ kind: 'person', data: { name } });
  });

  it.each([
    ['says so', ['KIND:org', 'FN:ACME', 'EMAIL:info@example.org']],
    ['is one in Apple’s address book', ['FN:ACME', 'ORG:ACME Spa', 'X-ABShowAs:COMPANY']],
    ['names nothing but a firm', ['ORG:ACME', 'TEL:1']],
    ['is called as the firm is', ['N:;;;;', 'FN:ACME', 'ORG:Acme']],
  ])('is a firm’s where it %s', (_, lines) => {
    const card = read(...lines);
    expect(card).toMatchObject({ kind: 'firm', data: { name: 'ACME' } });
    expect(card.company).toBeUndefined();
  });

  it('may be a group', () => {
    const apple = read(
      'FN:Book club',
      'X-ADDRESSBOOKSERVER-KIND:group',
      'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a',
    );
    expect(apple).toMatchObject({ kind: 'group', data: { name: 'Book club' }, members: ['urn:uuid:a'] });
    expect(read('FN:B', 'KIND:group', 'MEMBER:urn:uuid:a', 'MEMBER:mailto:x@y.z').members).toHaveLength(2);
  });

  it.each([
    [3, 'is no line of a vCard', ['FN:A', 'no line at all']],
    [3, 'is no line of a vCard', ['FN:A', 'TEL;TYPE="home']],
    [1, 'neither a name nor a valid e-mail address', ['TEL:12345']],
    [1, 'neither a name nor a valid e-mail address', ['EMAIL:nobody']],
    [3, 'more than 1000000 characters', ['FN:A', `CATEGORIES:${'a,'.repeat(500_000)}`]],
    [1, 'at most 5000 are read', ['FN:A', ...Array(5001).fill('X:1')]],
  ])('is refused at line %i: %s', (line, message, lines) => {
    expect(() => read(...lines)).toThrow(new RegExp(`^${line}: .*${message}`));
  });

  it('keeps an address that is none, and tells', () => {
    const { data, problems } = read('FN:A', 'EMAIL:nobody');
    expect(data.emails).toEqual([{ address: 'nobody', invalid: true }]);
    expect(problems).toEqual(['the e-mail address "nobody" is invalid: there is no @']);
  });

  it('keeps nothing that drives a terminal, and nothing without bounds', () => {
    const { data, problems } = read(
      'FN:A\x1b[31mB\x07',
      'X-A:\x1b]0;t\x07u\x1b[2J',
      `X-LONG:${'x'.repeat(20_000)}`,
    );
    expect(data.name).toBe('AB');
    expect(JSON.stringify(data)).not.toMatch(/\\u00|\x1b/);
    expect(problems).toEqual(['X-LONG is left out: 20007 characters, at most 16384 are kept']);
  });
});

it('a card of many short pieces is read in time', () => {
  const soft = '=41=41=\r\n'.repeat(100_000);
  const photo = `${'A'.repeat(76)}\r\n`.repeat(150_000);
  const begun = performance.now();
  const card = read('FN:A', `PHOTO;BASE64:\r\n${photo}`, `NOTE;QUOTED-PRINTABLE:=\r\n${soft}end`);
  expect(card.note).toHaveLength(200_003);
  expect(card.photos[0]?.base64).toHaveLength(11_400_000);
  // A fraction of a second; put together piece by piece it would be minutes.
  expect(performance.now() - begun).toBeLessThan(20_000);
});
