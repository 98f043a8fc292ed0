import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { namesAny } from '../../domain/erasure/bare-references.js';
import { personOf } from '../../domain/erasure/person.js';
import { textRedactor } from '../../domain/erasure/redact-text.js';
import { idOfPath, idOfRef } from '../../domain/records/ids.js';
import { type Kind, kindOfPath } from '../../domain/records/kind-names.js';
import { references } from '../../domain/records/references.js';
import { findRepository } from '../../git/repository.js';
import { parseRecord } from '../../workspace/codec/parse.js';
import type { Index } from '../../workspace/index/index.js';
import { isKnownKey } from '../../workspace/index/row.js';
import type { Workspace } from '../../workspace/workspace.js';
import { filesOfToday } from '../erase/corpus.js';
import { attachmentsOf, type Learned, learn, learnPerson, splitPhone } from '../erase/learn.js';
import { hisLines, type LedgerLine } from './lines.js';

/** A record about a person, as he may see it. */
export interface OwnRecord {
  kind: Kind;
  id: string;
  path: string;
  data: Record<string, unknown>;
  note: string;
  /** The file, without other people. */
  text: string;
}

/** All that is on file about a person. */
export interface PersonFile {
  records: OwnRecord[];
  lines: LedgerLine[];
  /** Files beside the records, relative to the workspace. */
  files: string[];
}

/** What stands for other people: their data are not the person's to have. */
export const anotherPerson = 'another person';

/**
 * Gathers what is on file about a person: records, lines of ledgers, files.
 * @param contacts ids of the contact and of those merged into it
 */
export async function gatherPerson(contacts: ReadonlySet<string>, workspace: Workspace): Promise<PersonFile> {
  const { root, country } = workspace;
  const today = await filesOfToday(root, await findRepository(root));
  const person = await learnPerson(contacts, today, country);
  const learned = await learn(
    { person, kept: new Set(), removed: [], surviving: new Set() },
    today,
    workspace,
  );
  const index = await workspace.index();
  const records: OwnRecord[] = [];
  const files = new Set(learned.rules.files);
  for await (const { path, bytes } of today.files((one) => kindOfPath(one) !== undefined)) {
    const text = bytes.toString();
    if (!isAbout(path, text, learned)) continue;
    const record = readable(path, withoutOthers(path, text, contacts, index, workspace));
    if (record) records.push(record);
    for (const file of attachmentsOf(path, text)) files.add(file);
  }
  return {
    records,
    lines: await hisLines(today, learned),
    files: [...files].sort(),
  };
}

function isAbout(path: string, text: string, { rules }: Learned): boolean {
  if (rules.removed.has(idOfPath(path) ?? '')) return true;
  return kindOfPath(path) !== 'campaign' && namesAny(text, rules.person.contacts);
}

function readable(path: string, text: string): OwnRecord | undefined {
  const kind = kindOfPath(path) as Kind;
  try {
    const { data, note } = parseRecord(text, path, isKnownKey(kind));
    return { kind, id: idOfPath(path) ?? '', path, data, note, text };
  } catch {
    // What cannot be read as a record is handed over as it stands.
    return { kind, id: idOfPath(path) ?? '', path, data: {}, note: text, text };
  }
}

/** A record's text without the other people that it names. */
function withoutOthers(
  path: string,
  text: string,
  own: ReadonlySet<string>,
  index: Index,
  { country }: Workspace,
): string {
  const kind = kindOfPath(path) as Kind;
  let data: Record<string, unknown>;
  try {
    ({ data } = parseRecord(text, path, isKnownKey(kind)));
  } catch {
    return text;
  }
  const named = Object.keys(references[kind]).flatMap((key) => {
    const value = data[key];
    return (Array.isArray(value) ? value : [value]).flatMap((item: unknown) =>
      typeof item === 'string' ? [[idOfRef(item) ?? '', item] as const] : [],
    );
  });
  let out = text;
  for (const [id, ref] of new Map(named)) {
    const other = own.has(id) ? undefined : index.get(id);
    if (other?.kind !== 'contact') continue;
    const { emails, phones, names } = personOf([id], [other], {
      canonical: canonicalEmail,
      phone: (one) => phoneKey(one, country),
    });
    const redactor = textRedactor({ emails, phones, names }, splitPhone, anotherPerson);
    out = redactor.redact(out.replaceAll(ref, anotherPerson));
  }
  return out;
}
