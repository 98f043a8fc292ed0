import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { foldPersonName } from '../../domain/contacts/person-name.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { personOf } from '../../domain/erasure/person.js';
import { type TextRedactor, textRedactor } from '../../domain/erasure/redact-text.js';
import { isId, slug } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';
import { splitPhone } from '../erase/learn.js';

/** What stands for other people: their data are not the person's to have. */
export const anotherPerson = 'another person';

/** In what a text names nobody by a longer name. */
const longestName = 4;

/** Of a message, in bytes. */
const longestHeader = 65_536;

/** Takes all other contacts on file out of what a person is handed: named by reference, address, number, or full name. */
export class OtherPeople {
  readonly #redactors = new Map<string, TextRedactor>();
  readonly #found = new Map<string, readonly string[]>();

  /** @param own ids of the contact, and of those merged into it */
  constructor(
    private readonly own: ReadonlySet<string>,
    private readonly index: Index,
    private readonly workspace: Pick<Workspace, 'country'>,
  ) {}

  /** The path of a file without them. */
  path(path: string): string {
    return this.redact(path).replaceAll(anotherPerson, slug(anotherPerson, ''));
  }

  /** A text without them. */
  redact(text: string): string {
    const byRef = text.replace(/[\p{L}\p{N}\p{M}_-]{10,250}/gu, (ref) =>
      this.#isOther(ref.slice(-10)) ? anotherPerson : ref,
    );
    const ids = new Set([...refsIn(text).filter((id) => this.#isOther(id)), ...this.#namedIn(byRef)]);
    const without = [...ids].reduce((rest, id) => this.#redactorOf(id).redact(rest), byRef);
    // What Itaca itself noted of a message: whose addresses these are it does not know.
    return without.replace(/others are in copy: [^\n"]*/g, `others are in copy: ${anotherPerson}`);
  }

  /** Every text in a value, however deep. */
  redactAll<T>(value: T): T {
    if (typeof value === 'string') return this.redact(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.redactAll(item)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.redactAll(item)])) as T;
  }

  /** Whether another contact wrote a message, by its header. */
  wrote(message: Buffer): boolean {
    const text = message.toString('latin1', 0, longestHeader);
    const end = text.search(/\r?\n\r?\n/);
    const [, from = ''] = /^from:((?:.*\r?\n[ \t])*.*)/im.exec(end < 0 ? text : text.slice(0, end)) ?? [];
    const address = /<([^<>]*)>/.exec(from)?.[1] ?? from.trim();
    const key = canonicalEmail(address);
    return key !== undefined && this.#others('email', key).length > 0;
  }

  #isOther(id: string): boolean {
    return isId(id) && !this.own.has(id) && this.index.get(id)?.kind === 'contact';
  }

  /** Ids of contacts whom a text names without a reference. What is his too stays. */
  *#namedIn(text: string): Generator<string> {
    for (const [address] of text.matchAll(/[^\s<>"',;:()[\]{}|]{1,64}@[\p{L}\p{N}.-]{1,253}/gu)) {
      const key = canonicalEmail(address.replace(/\.$/, ''));
      if (key !== undefined) yield* this.#others('email', key);
    }
    for (const [number] of text.matchAll(/(?<![\d+])\+?\(?\d[\d ()./\u00a0-]{4,22}\d/g)) {
      const key = phoneKey(number, this.workspace.country);
      if (key !== undefined) yield* this.#others('phone', key);
    }
    const words = [...text.matchAll(/[\p{L}\p{N}\p{M}'’]+/gu)].map(([word]) => word);
    for (let at = 0; at < words.length; at++)
      for (let length = 2; length <= longestName && at + length <= words.length; length++)
        yield* this.#others('name', foldPersonName(words.slice(at, at + length).join(' ')));
  }

  #others(type: 'email' | 'phone' | 'name', key: string): readonly string[] {
    const known = this.#found.get(`${type} ${key}`);
    if (known) return known;
    const ids = this.index.byKey(type, key, ['contact']).map(({ id }) => id);
    const others = ids.some((id) => this.own.has(id)) ? [] : ids;
    this.#found.set(`${type} ${key}`, others);
    return others;
  }

  #redactorOf(id: string): TextRedactor {
    const known = this.#redactors.get(id);
    if (known) return known;
    const other = this.index.get(id);
    const own = [...this.own].flatMap((one) => this.index.get(one) ?? []);
    const rules = {
      canonical: canonicalEmail,
      phone: (text: string) => phoneKey(text, this.workspace.country),
    };
    const his = personOf(this.own, own, rules);
    const { emails, phones, names } = personOf([id], other ? [other] : [], rules);
    const redactor = textRedactor(
      {
        // A household's address is his as well.
        emails: emails.filter((one) => !his.emails.includes(one)),
        phones: phones.filter((one) => !his.phones.includes(one)),
        names: names.filter((one) => !his.names.includes(one)),
      },
      splitPhone,
      anotherPerson,
    );
    this.#redactors.set(id, redactor);
    return redactor;
  }
}

function refsIn(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}_-]{10,250}/gu)].map(([ref]) => ref.slice(-10));
}
