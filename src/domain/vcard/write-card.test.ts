import { expect, it } from 'vitest';
import { writeCard } from './write-card.js';

/** The lines of the card of a contact, without the frame. */
function linesOf(data: Record<string, unknown>, version: '3.0' | '4.0' = '4.0', company?: string): string[] {
  const record = {
    kind: 'contact' as const,
    id: 'k3f9w2q8ab',
    data,
    note: '',
    ...(company ? { company } : {}),
  };
  const lines = writeCard(record, version).replaceAll('\r\n ', '').split('\r\n');
  expect([...lines.slice(0, 3), ...lines.slice(-2)]).toEqual([
    'BEGIN:VCARD',
    `VERSION:${version}`,
    'UID:itaca:k3f9w2q8ab',
    'END:VCARD',
    '',
  ]);
  return lines.slice(3, -2);
}

it('says in types what they have words for, and names the rest as Apple does', () => {
  const emails = [
    { address: 'a@example.org', label: 'work', primary: true },
    { address: 'b@example.org', label: 'school' },
  ];
  const phones = [
    { number: '1', label: 'work fax' },
    { number: '2', label: 'mobile' },
    { number: '3', label: 'fax work' },
  ];
  expect(linesOf({ name: 'A', emails, phones })).toEqual([
    'FN:A',
    'EMAIL;TYPE=work;PREF=1:a@example.org',
    'item1.EMAIL:b@example.org',
    'item1.X-ABLabel:school',
    'TEL;TYPE=work,fax:1',
    'TEL;TYPE=cell:2',
    'item2.TEL:3',
    'item2.X-ABLabel:fax work',
  ]);
});

it('writes vCard 3 as older programs want it', () => {
  const data = {
    name: 'A',
    birthday: '--02-29',
    emails: [{ address: 'a@example.org', label: 'home', primary: true }],
  };
  expect(linesOf(data, '3.0')).toEqual([
    'FN:A',
    'N:;;;;',
    'EMAIL;TYPE=home,pref:a@example.org',
    'BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29',
  ]);
});

it('lets a kept line speak for the record while it says the same', () => {
  const vcard = [
    'N:Doe;Jane;Q.;Dr.;',
    'ORG:ACME;Sales',
    'ADR;TYPE=home:PO 1;;Street;Town;;1;Nowhere',
    'URL;TYPE=work:http://example.org',
    'BDAY:1985-04',
    'NICKNAME:Jay',
  ];
  const address = { label: 'home', street: 'Street, PO 1', locality: 'Town', postal_code: '1' };
  const data = {
    name: 'Jane',
    given_name: 'Jane',
    family_name: 'Doe',
    addresses: [address],
    urls: ['http://example.org'],
  };
  expect(linesOf({ ...data, vcard }, '4.0', 'Acme')).toEqual([
    'FN:Jane',
    'N:Doe;Jane;Q.;Dr.;',
    'ORG:ACME;Sales',
    'ADR;TYPE=home:PO 1;;Street;Town;;1;Nowhere',
    'URL;TYPE=work:http://example.org',
    'BDAY:1985-04',
    'NICKNAME:Jay',
  ]);
});

it('does not bring back by a kept line what the record no longer says', () => {
  const vcard = [
    'N:Doe;Jane;Q.;Dr.;',
    'ADR:;;Old street;Town;;;',
    'URL;TYPE=work:http://old.example',
    'BDAY:1985-04',
    'ROLE:Chief',
  ];
  expect(linesOf({ name: 'Jane', family_name: 'Roe', birthday: '1985-04-03', vcard })).toEqual([
    'FN:Jane',
    'N:Roe;;;;',
    'BDAY:19850403',
    'ROLE:Chief',
  ]);
});

it('is preferred to the other values that the card has', () => {
  const vcard = ['LANG;PREF=2:fr', 'TITLE;PREF=1:Other', 'X-ABDATE;X-ABLABEL=_$!<Anniversary>!$_:1990-01-01'];
  expect(linesOf({ name: 'A', title: 'Chief', language: 'it', vcard })).toEqual([
    'FN:A',
    'TITLE;PREF=1:Chief',
    'LANG;PREF=1:it',
    'LANG;PREF=2:fr',
    'TITLE;PREF=1:Other',
    'item1.X-ABDATE:1990-01-01',
    'item1.X-ABLabel:_$!<Anniversary>!$_',
  ]);
});

it('leaves out of vcard: what is no line of a card, or the writer’s own', () => {
  const vcard = ['no line', 'END:VCARD', 'UID:other', 'VERSION:2.1', 'X-A:1\r\nX-B:2', 7, { a: 1 }];
  expect(linesOf({ name: 'A\nEND:VCARD', vcard })).toEqual(['FN:A\\nEND:VCARD', 'X-A:1\\nX-B:2']);
});
