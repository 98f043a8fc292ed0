import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { namesAny } from '../../domain/erasure/bare-references.js';
import { fateOf } from '../../domain/erasure/belongs.js';
import { Eraser, type ErasureRules } from '../../domain/erasure/eraser.js';
import { type ErasedPerson, personOf } from '../../domain/erasure/person.js';
import { type TextRedactor, textRedactor } from '../../domain/erasure/redact-text.js';
import { ItacaError } from '../../domain/error.js';
import { idOfPath } from '../../domain/records/ids.js';
import { type Kind, kindOfPath } from '../../domain/records/kind-names.js';
import { isMail, redactMail } from '../../mail/redact/redact-mail.js';
import { parseRecord } from '../../workspace/codec/parse.js';
import { isKnownKey } from '../../workspace/index/row.js';
import type { Workspace } from '../../workspace/workspace.js';
import { addressHmac } from '../address-hmac.js';
import { findMessages } from './messages.js';

/** Files in all the versions that are to be looked at, again and again. */
export interface Corpus {
  files(wanted: (path: string) => boolean): AsyncIterable<{ path: string; bytes: Buffer }>;
}

/** What is learned of a person before his data go. */
export interface Learned {
  person: ErasedPerson;
  rules: ErasureRules;
  redactor: TextRedactor;
  eraser: Eraser;
}

export interface WhatToLearn {
  person: ErasedPerson;
  kept: ReadonlySet<Kind>;
  /** Records known to go. */
  removed: Iterable<string>;
  /** Records that stay, whatever an old version of them says. */
  surviving: ReadonlySet<string>;
}

/** Front matter of a record; undefined where it cannot be read. */
export function frontMatter(path: string, text: string): Record<string, unknown> | undefined {
  const kind = kindOfPath(path);
  if (!kind) return undefined;
  try {
    return parseRecord(text, path, isKnownKey(kind)).data;
  } catch (error) {
    if (error instanceof ItacaError) return undefined;
    throw error;
  }
}

/** What the person is known by, of all versions of his records. */
export async function learnPerson(
  contacts: ReadonlySet<string>,
  corpus: Corpus,
  country: string | undefined,
): Promise<ErasedPerson> {
  const versions: { data: Record<string, unknown> }[] = [];
  const isHis = (path: string) => kindOfPath(path) === 'contact' && contacts.has(idOfPath(path) ?? '');
  for await (const { path, bytes } of corpus.files(isHis)) {
    const data = frontMatter(path, bytes.toString());
    if (data) versions.push({ data });
  }
  return personOf(contacts, versions, {
    canonical: canonicalEmail,
    phone: (text) => phoneKey(text, country),
  });
}

/** Works out what of a corpus is the person's. */
export async function learn(
  { person, kept, removed: known, surviving }: WhatToLearn,
  corpus: Corpus,
  workspace: Workspace,
): Promise<Learned> {
  const redactor = textRedactor(person, splitPhone);
  const removed = new Set([...person.contacts, ...known]);
  const fate = (path: string, text: string) => {
    const data = frontMatter(path, text);
    const kind = kindOfPath(path) as Kind;
    if (!data) return 'redacted';
    if (kind === 'suppression' && isOnly(data.address, person)) return 'removed';
    return fateOf({ kind, data }, { contacts: person.contacts, removed, kept });
  };
  const bare = new Set<string>();
  const attached = new Set<string>();
  for (let before = -1; before !== removed.size; ) {
    before = removed.size;
    for await (const { path, bytes } of corpus.files((one) => kindOfPath(one) !== undefined)) {
      const id = idOfPath(path);
      if (id === undefined) continue;
      const text = bytes.toString();
      if (redactor.redact(path) !== path) bare.add(id);
      if (!removed.has(id) && !surviving.has(id) && concerns(text, removed, person, redactor)) {
        if (fate(path, text) === 'removed') removed.add(id);
      }
      if (removed.has(id)) for (const file of attachmentsOf(path, text)) attached.add(file);
    }
  }
  for (const id of removed) bare.add(id);
  const { messages, paths, messageIds } = await findMessages(corpus, removed, person, redactor);
  // What answers a message of his names it by its Message-ID.
  const answers = textRedactor({ emails: messageIds, phones: [], names: [] }, splitPhone);
  const redact = (text: string) => answers.redact(redactor.redact(text));
  const files = new Set([...attached, ...paths]);
  for await (const { path, bytes } of corpus.files((one) => kindOfPath(one) !== undefined)) {
    const id = idOfPath(path) ?? '';
    if (!surviving.has(id) || removed.has(id)) continue;
    for (const file of attachmentsOf(path, bytes.toString())) if (!paths.has(file)) files.delete(file);
  }
  const rules: ErasureRules = {
    person,
    removed,
    bare,
    files,
    messages,
    redact,
    mail: (bytes, without) => (isMail(bytes) ? redactMail(bytes, without).bytes : undefined),
    pseudonym: pseudonyms(person, workspace.config.salt),
    goes: (path, text) =>
      !surviving.has(idOfPath(path) ?? '') &&
      concerns(text, removed, person, redactor) &&
      fate(path, text) === 'removed',
  };
  const eraser = new Eraser(rules);
  for await (const { path, bytes } of corpus.files((one) => one.startsWith('attachments/')))
    eraser.learnFile(path, bytes);
  for await (const { path, bytes } of corpus.files((one) => one.endsWith('.jsonl')))
    eraser.learn(path, bytes);
  return { person, rules, redactor, eraser };
}

/** Before a record is parsed: whether it can be about him at all. */
function concerns(
  text: string,
  removed: ReadonlySet<string>,
  { emails }: ErasedPerson,
  redactor: TextRedactor,
): boolean {
  return (
    namesAny(text, removed) || (emails.length > 0 && text.includes('@') && redactor.redact(text) !== text)
  );
}

function isOnly(address: unknown, { emails }: ErasedPerson): boolean {
  return typeof address === 'string' && emails.includes(canonicalEmail(address) ?? '');
}

/** Files that a record names, wherever in its front matter: what was attached, the proof of a consent. */
export function attachmentsOf(path: string, text: string): string[] {
  if (!text.includes('attachments/')) return [];
  const files: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'string' && value.startsWith('attachments/')) files.push(value);
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) look(item);
  };
  look(frontMatter(path, text));
  return files;
}

/** What stands for the person's addresses in ledgers. The domain is one that RFC 2606 keeps free for ever. */
function pseudonyms(
  { emails }: ErasedPerson,
  salt: string | undefined,
): (address: string) => string | undefined {
  const own = new Set(emails);
  return (address) => {
    if (own.size === 0 || address.length > 320 || !address.includes('@')) return undefined;
    const canonical = canonicalEmail(address);
    if (canonical === undefined || !own.has(canonical) || /\s/.test(address)) return undefined;
    return `erased-${addressHmac(canonical, salt).slice(0, 16)}@erased.invalid`;
  };
}

/** Calling code and national number of a telephone number's key. */
export function splitPhone(key: string): { code: string; national: string } | undefined {
  const number = key.startsWith('+') ? parsePhoneNumberFromString(key) : undefined;
  return number && { code: number.countryCallingCode, national: number.nationalNumber };
}
