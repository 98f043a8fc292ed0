import { namesAny } from '../../domain/erasure/bare-references.js';
import { idOfPath } from '../../domain/records/ids.js';
import { type Kind, kindOfPath } from '../../domain/records/kind-names.js';
import { findRepository } from '../../git/repository.js';
import { parseRecord } from '../../workspace/codec/parse.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import { isKnownKey } from '../../workspace/index/row.js';
import type { Workspace } from '../../workspace/workspace.js';
import { filesOfToday } from '../erase/corpus.js';
import { attachmentsOf, type Learned, learn, learnPerson } from '../erase/learn.js';
import { hisLines, type LedgerLine } from './lines.js';
import { OtherPeople } from './others.js';

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
  /** How many messages of other contacts are among what was filed with him; he does not get them. */
  ofOthers: number;
  /** Records about others that name him by an address, a number or his full name, and are not handed over. */
  mentions: string[];
}

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
  const others = new OtherPeople(contacts, index, workspace);
  const files = new Set(learned.rules.files);
  const mentions: string[] = [];
  for await (const { path, bytes } of today.files((one) => kindOfPath(one) !== undefined)) {
    const text = bytes.toString();
    if (!isAbout(path, text, learned)) {
      if (learned.redactor.find(text).length > 0) mentions.push(others.path(path));
      continue;
    }
    records.push(readable(path, others.path(path), others.redact(text)));
    for (const file of attachmentsOf(path, text)) files.add(file);
  }
  const ofOthers = [...files].filter((file) => {
    const message = file.endsWith('.eml') ? readOrNull(insideWorkspace(root, file)) : null;
    return message !== null && others.wrote(message);
  });
  for (const file of ofOthers) files.delete(file);
  return {
    records,
    lines: (await hisLines(today, learned)).map((line) => others.redactAll(line)),
    files: [...files].sort(),
    ofOthers: ofOthers.length,
    mentions,
  };
}

function isAbout(path: string, text: string, { rules }: Learned): boolean {
  if (rules.removed.has(idOfPath(path) ?? '')) return true;
  return kindOfPath(path) !== 'campaign' && namesAny(text, rules.person.contacts);
}

function readable(stored: string, path: string, text: string): OwnRecord {
  const kind = kindOfPath(stored) as Kind;
  const id = idOfPath(stored) ?? '';
  try {
    const { data, note } = parseRecord(text, path, isKnownKey(kind));
    return { kind, id, path, data, note, text };
  } catch {
    // What cannot be read as a record is handed over as it stands.
    return { kind, id, path, data: {}, note: text, text };
  }
}
