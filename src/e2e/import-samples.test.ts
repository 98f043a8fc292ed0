import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, workspace } from './harness.js';

const samples = resolve(project, process.env.ITACA_DATA ?? '../shared/data', 'import', 'samples');
const none = !existsSync(samples);

/** Every list with its format, and what its rows become. */
const lists: [file: string, format: string, counts: object][] = [
  ['synthetic/Connections.csv', 'linkedin-connections', { created: 3, companies: 3 }],
  ['synthetic/brevo.csv', 'brevo', { created: 3, suppressed: 1 }],
  ['synthetic/google-contacts-2024.csv', 'google-contacts-2024', { created: 3 }],
  ['synthetic/hubspot-contacts-view.csv', 'hubspot-contacts-view', { created: 3, suppressed: 1 }],
  ['synthetic/outlook-desktop-it.csv', 'outlook-desktop-it', { created: 3 }],
  ['synthetic/outlook-web-en.csv', 'outlook-web-en', { created: 3 }],
  ['synthetic/pipedrive-people.csv', 'pipedrive-people', { created: 3 }],
  ['synthetic/salesforce-report-contacts.csv', 'salesforce-report-contacts', { created: 3 }],
  ['synthetic/subscribed_members_export_0000000001.csv', 'mailchimp-subscribed', { created: 2 }],
  [
    'synthetic/unsubscribed_members_export_0000000001.csv',
    'mailchimp-unsubscribed',
    { created: 1, suppressed: 1 },
  ],
  ['forcedotcom__dataloader/accountData.csv', 'salesforce-data-export-account', { rows: 423, created: 423 }],
  ['mautic__mautic/fakeleaddata.csv', 'mautic', { created: 50, refused: 4 }],
  ['roundcube__roundcubemail/gmail.csv', 'google-contacts-legacy', { created: 1 }],
  ['roundcube__roundcubemail/tb_plain.csv', 'thunderbird-en', { created: 1 }],
  ['knadh__listmonk/subs.csv', 'csv', { created: 100 }],
  ['pentacent__keila/import_excel.csv', 'csv', { created: 201 }],
  ['pentacent__keila/import_malformed1.csv', 'csv', { created: 3 }],
  ['pentacent__keila/import_rfc_4180_with_status.csv', 'csv', { created: 4, suppressed: 2 }],
];

/** The three people of the lists that we made up, as far as all of these say so. */
const people = {
  'roberto.bellini@lettori.example': {
    name: 'Roberto Bèllini',
    title: 'Socio',
    phone: '+39 02 5550 0142',
    city: 'Milano',
  },
  'nuria@fiera.example': {
    name: "Nuria D'Angelo-Müller",
    title: 'Export manager',
    phone: '+39 051 555 0199',
    city: 'Bologna',
  },
};

type Card = Record<string, string[]>;

/** What a vCard says, by property; the values of one that repeats in order. */
function cardOf(text: string): Card {
  const card: Card = {};
  for (const line of text.split(/\r?\n/)) {
    const [, property, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    if (property) card[property] = [...(card[property] ?? []), value!];
  }
  return card;
}

const texts = (list: unknown, key: string): string[] =>
  ((list ?? []) as (string | Record<string, string>)[]).map((item) =>
    typeof item === 'string' ? item : item[key]!,
  );

describe.skipIf(none)(`lists of known programs${none ? ' (skipped: no data)' : ''}`, () => {
  it.each(lists)('%s is %s', async (file, format, counts) => {
    const place = await workspace();
    const line = ['import', 'csv', join(samples, file), '--yes', '--json'];
    const { json: report } = await place.ok(...line);
    expect(report).toMatchObject({ format, ...counts });
    expect(report.created + report.updated + report.unchanged + report.refused).toBe(report.rows);
    expect((await place.ok(...line)).json).toMatchObject({ created: 0, updated: 0, refused: report.refused });
    const contacts = (await place.ok('contact', 'list', '--json')).json as Record<string, unknown>[];
    for (const [email, { name, title, phone, city }] of Object.entries(people)) {
      const person = contacts.find(({ emails }) => texts(emails, 'address').includes(email));
      if (!person) continue;
      expect(person.name).toBe(name);
      if (person.title !== undefined) expect(person.title).toBe(title);
      if (texts(person.phones, 'number').length > 1) expect(texts(person.phones, 'number')).toContain(phone);
      if (person.addresses) expect(texts(person.addresses, 'locality')).toEqual([city]);
    }
  });

  it.each(['gmail', 'tb_plain'])('%s.csv says what the vCard beside it says', async (name) => {
    const place = await workspace();
    const path = (ending: string) => join(samples, 'roundcube__roundcubemail', `${name}.${ending}`);
    await place.ok('import', 'csv', path('csv'), '--yes');
    const [{ id }] = (await place.ok('contact', 'list', '--json')).json;
    const contact = (await place.ok('contact', 'show', id, '--json')).json;
    const card = cardOf(readFileSync(path('vcf'), 'utf8'));
    expect(contact.name).toBe(card.FN![0]);
    const [family, given] = card.N![0]!.split(';');
    expect(contact).toMatchObject({
      given_name: given,
      family_name: family,
      title: card.TITLE![0],
      birthday: card.BDAY![0],
    });
    expect(texts(contact.emails, 'address').sort()).toEqual(card.EMAIL!.toSorted());
    expect(texts(contact.phones, 'number').sort()).toEqual(card.TEL!.toSorted());
    expect(contact.urls).toEqual(card.URL);
    const firm = (await place.ok('company', 'show', contact.company, '--json')).json;
    expect(firm.name).toBe(card.ORG![0]);
    const addresses = (contact.addresses as Record<string, string>[]).map(
      ({ street, locality, region, postal_code }) => [street, locality, region ?? '', postal_code].join(';'),
    );
    expect(addresses).toEqual(card.ADR!.map((adr) => adr.split(';').slice(2, 6).join(';')));
    expect(contact.custom.Nickname).toBe(card.NICKNAME![0]);
  });
});
