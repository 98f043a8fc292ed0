import type { Kind } from '../records/kind-names.js';
import { type Person, personOf } from './person.js';
import type { CsvLayout, Keys } from './table.js';

const fixed = [
  ...['First Name', 'Middle Name', 'Last Name', 'Phonetic First Name', 'Phonetic Middle Name'],
  ...['Phonetic Last Name', 'Name Prefix', 'Name Suffix', 'Nickname', 'File As', 'Organization Name'],
  ...['Organization Title', 'Organization Department', 'Birthday', 'Notes', 'Photo', 'Labels'],
];

/** Columns that come again for each of a person's e-mail addresses, numbers …, in the order of Google's own file. */
const repeated: readonly [what: string, parts: readonly string[], values: (person: Person) => string[][]][] =
  [
    [
      'E-mail',
      ['Label', 'Value'],
      // The star marks the preferred one.
      ({ emails }) => emails.map(({ label, value, preferred }) => [preferred ? `* ${label}` : label, value]),
    ],
    ['Phone', ['Label', 'Value'], ({ phones }) => phones.map(({ label, value }) => [label, value])],
    [
      'Address',
      [
        ...['Label', 'Formatted', 'Street', 'City', 'PO Box', 'Region'],
        ...['Postal Code', 'Country', 'Extended Address'],
      ],
      ({ addresses }) =>
        addresses.map(({ label, street, locality, region, postal_code, country }) => [
          ...[label, '', street, locality, '', region, postal_code, country, ''],
        ]),
    ],
    ['Website', ['Label', 'Value'], ({ websites }) => websites.map((url) => ['', url])],
  ];

/** The list of people that Google Contacts reads and writes (its "Google CSV" since 2024). */
export class GoogleTable implements CsvLayout {
  readonly left = 0;
  private readonly most = repeated.map(() => 0);

  learn(_kind: Kind, keys: Keys): void {
    const person = personOf(keys);
    for (const [i, [, , values]] of repeated.entries())
      this.most[i] = Math.max(this.most[i] as number, values(person).length);
  }

  header(): string[] {
    const more = repeated.flatMap(([what, parts], i) =>
      Array.from({ length: this.most[i] as number }, (_, n) =>
        parts.map((part) => `${what} ${n + 1} - ${part}`),
      ).flat(),
    );
    return [...fixed, ...more];
  }

  row(keys: Keys): string[] {
    const person = personOf(keys);
    const cells: Record<string, string> = {
      'First Name': person.given,
      'Middle Name': person.middle,
      'Last Name': person.family,
      'Organization Name': person.company,
      'Organization Title': person.title,
      Birthday: person.birthday,
      Notes: person.note,
      Labels: person.tags.join(' ::: '),
    };
    const more = repeated.flatMap(([, parts, values], i) => {
      const given = values(person);
      return Array.from({ length: this.most[i] as number }, (_, n) => given[n] ?? parts.map(() => '')).flat();
    });
    return [...fixed.map((name) => cells[name] ?? ''), ...more];
  }
}
