import { describe, expect, it } from 'vitest';
import { fieldsOfHeader, knownNames, recogniseColumns } from './columns.js';

describe('the columns of a list', () => {
  it.each<[string, (string | undefined)[]]>([
    ['Email Address;First Name;Last Name', ['email', 'given_name', 'family_name']],
    ['E-mail 1 - Value;Phone 1 - Value;E-mail 1 - Label', ['email', 'phone', undefined]],
    ['Primary Email;Secondary Email;PEC', ['email', 'email', 'email']],
    [
      'Nome;Cognome;Ragione sociale;CAP;Città',
      ['given_name', 'family_name', 'company', 'postal_code', 'locality'],
    ],
    ['Nome;Telefono ufficio;Cellulare', ['name', 'phone', 'mobile']],
    ['Vorname;Nachname;Firma;PLZ;Ort', ['given_name', 'family_name', 'company', 'postal_code', 'locality']],
    ['FIRST_NAME;last-name;e_mail;DateOfBirth', ['given_name', 'family_name', 'email', 'birthday']],
    ['Titolo;Posizione', ['honorific', 'title']],
    ['Title;Job Title', ['honorific', 'title']],
    ['Organization 1 - Name;Address 1 - City', ['company', 'locality']],
    [
      'Iscritto newsletter;Newsletter language;OPTIN_IP;Mailing list',
      ['consent', undefined, undefined, undefined],
    ],
    ['Unsubscribed from all email;Member Rating', ['opted_out', undefined]],
  ])('%s', (header, fields) => expect(fieldsOfHeader(header.split(';'))).toEqual(fields));

  it('takes no row of data for a header', () => {
    expect(knownNames(['Mario', 'mario@x.example', 'Roma'])).toBe(0);
  });

  it('finds them by looks in a list without header', () => {
    const rows = [
      ['Mario Rossi', 'mario@x.example', '02 1234567'],
      ['Anna', 'anna@x.example', '+39 333 1234567'],
    ];
    expect(recogniseColumns([], rows)).toEqual({ name: [0], email: [1], phone: [2] });
  });

  it('finds an address under a name that says nothing', () => {
    expect(recogniseColumns(['Nome', 'Recapito'], [['Mario', 'mario@x.example']])).toEqual({
      name: [0],
      email: [1],
    });
  });

  it('says what it looked for and what there was', () => {
    expect(() => recogniseColumns(['colour', 'size'], [['red', '3']])).toThrow('no column holds');
    expect(() => recogniseColumns(['colour', 'size'], [['red', '3']])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('"colour", "size"') }),
    );
  });
});
