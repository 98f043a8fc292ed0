import type { Kind } from '../records/kind-names.js';
import { type Address, personOf } from './person.js';
import type { CsvLayout, Keys } from './table.js';

const header = [
  ...['Title', 'First Name', 'Middle Name', 'Last Name', 'Suffix', 'Company', 'Department', 'Job Title'],
  ...['Business Street', 'Business Street 2', 'Business Street 3', 'Business City', 'Business State'],
  ...['Business Postal Code', 'Business Country/Region', 'Home Street', 'Home Street 2', 'Home Street 3'],
  ...['Home City', 'Home State', 'Home Postal Code', 'Home Country/Region', 'Other Street'],
  ...['Other Street 2', 'Other Street 3', 'Other City', 'Other State', 'Other Postal Code'],
  ...['Other Country/Region', "Assistant's Phone", 'Business Fax', 'Business Phone', 'Business Phone 2'],
  ...['Callback', 'Car Phone', 'Company Main Phone', 'Home Fax', 'Home Phone', 'Home Phone 2', 'ISDN'],
  ...['Mobile Phone', 'Other Fax', 'Other Phone', 'Pager', 'Primary Phone', 'Radio Phone'],
  ...['TTY/TDD Phone', 'Telex', 'Account', 'Anniversary', "Assistant's Name", 'Billing Information'],
  ...['Birthday', 'Business Address PO Box', 'Categories', 'Children', 'Directory Server'],
  ...['E-mail Address', 'E-mail Type', 'E-mail Display Name', 'E-mail 2 Address', 'E-mail 2 Type'],
  ...['E-mail 2 Display Name', 'E-mail 3 Address', 'E-mail 3 Type', 'E-mail 3 Display Name', 'Gender'],
  ...['Government ID Number', 'Hobby', 'Home Address PO Box', 'Initials', 'Internet Free Busy'],
  ...['Keywords', 'Language', 'Location', "Manager's Name", 'Mileage', 'Notes', 'Office Location'],
  ...['Organizational ID Number', 'Other Address PO Box', 'Priority', 'Private', 'Profession'],
  ...['Referred By', 'Sensitivity', 'Spouse', 'User 1', 'User 2', 'User 3', 'User 4', 'Web Page'],
];

/** Columns for a number, by what its label says; the next one where the first is taken. */
const phoneColumns: readonly [label: RegExp, columns: readonly string[]][] = [
  [/fax/i, ['Business Fax', 'Home Fax', 'Other Fax']],
  [/mobile|cell|handy/i, ['Mobile Phone', 'Car Phone']],
  [/home/i, ['Home Phone', 'Home Phone 2']],
  [/pager/i, ['Pager']],
  [/other/i, ['Other Phone']],
  [/^/, ['Business Phone', 'Business Phone 2']],
];
const anyPhone = ['Primary Phone', 'Other Phone', 'Home Phone', 'Home Phone 2', 'Car Phone', 'Radio Phone'];

/** The list of people that Outlook for Windows reads and writes (in English): a fixed number of columns. */
export class OutlookTable implements CsvLayout {
  left = 0;

  learn(_kind: Kind, _keys: Keys): void {}

  header(): readonly string[] {
    return header;
  }

  row(keys: Keys): string[] {
    const person = personOf(keys);
    const [website = '', ...moreSites] = person.websites;
    const cells = new Map([
      ['First Name', person.given],
      ['Middle Name', person.middle],
      ['Last Name', person.family],
      ['Company', person.company],
      ['Job Title', person.title],
      ['Language', person.language],
      ['Categories', person.tags.join(';')],
      ['Notes', person.note],
      ['Web Page', website],
    ]);
    this.left += moreSites.length;
    // It knows no birthday without its year.
    if (person.birthday.startsWith('--')) this.left++;
    else cells.set('Birthday', person.birthday);
    for (const [i, { value }] of person.emails.entries())
      this.place(cells, [i === 0 ? 'E-mail Address' : `E-mail ${i + 1} Address`], value);
    for (const { value, label } of person.phones) {
      const own = phoneColumns.find(([pattern]) => pattern.test(label))?.[1] ?? [];
      this.place(cells, /fax/i.test(label) ? own : [...own, ...anyPhone], value);
    }
    for (const address of person.addresses) this.placeAddress(cells, address);
    return header.map((name) => cells.get(name) ?? '');
  }

  private place(cells: Map<string, string>, columns: readonly string[], value: string): void {
    const free = columns.find((column) => !cells.has(column) && header.includes(column));
    if (free === undefined) this.left++;
    else cells.set(free, value);
  }

  private placeAddress(cells: Map<string, string>, address: Address): void {
    const own = /home/i.test(address.label) ? 'Home' : /other/i.test(address.label) ? 'Other' : 'Business';
    const place = [own, 'Business', 'Home', 'Other'].find((one) => !cells.has(`${one} City`));
    if (place === undefined) {
      this.left++;
      return;
    }
    cells.set(`${place} Street`, address.street);
    cells.set(`${place} City`, address.locality);
    cells.set(`${place} State`, address.region);
    cells.set(`${place} Postal Code`, address.postal_code);
    cells.set(`${place} Country/Region`, address.country);
  }
}
