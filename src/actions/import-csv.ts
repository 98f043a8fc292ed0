import { unguarded } from '../csv/formula.js';
import { openCsv, rowsOf } from '../csv/open-csv.js';
import { foldCompanyName } from '../domain/companies/company-name.js';
import { canonicalEmail } from '../domain/contacts/email-address.js';
import { foldText } from '../domain/contacts/person-name.js';
import { phoneKey } from '../domain/contacts/phone-number.js';
import { knownNames, recogniseColumns } from '../domain/lists/columns.js';
import { contactFromRow } from '../domain/lists/contact-from-row.js';
import { fillContact, type LeftValue } from '../domain/lists/fill-contact.js';
import { type KnownPerson, matchPerson, personKey } from '../domain/lists/match-contact.js';
import { derivedId } from '../domain/records/derived-id.js';
import type { Change } from '../workspace/records.js';
import { erasedPeople, erasedRefusal } from './erased-people.js';
import { People } from './import-csv/people.js';
import { type Created, newRecord } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ImportCsvOptions {
  input: Uint8Array;
  /** The file's name: for messages, and as the source of the people. */
  path: string;
  /** Where these people were met; the file's name where absent. */
  source?: string;
  /** Given to everybody in the list. */
  tags?: string[];
  office?: string;
  owner?: string;
  progress?: (done: number, total: number) => void;
}

/** In the keys of `--json`. rows = created + updated + unchanged + refused. */
export interface ImportReport {
  format: 'csv';
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Firms put on file. */
  companies: number;
  /** People whom the list says not to write to. */
  suppressed: number;
  columns: Record<string, string[]>;
  errors: { line: number; message: string }[];
  /** What the list says and the record does not take, because it says something else. */
  left: ({ line: number; ref: string } & LeftValue)[];
  /** What happens to each row that is not refused; in a dry run only, as the record itself tells afterwards. */
  records?: {
    line: number;
    action: 'created' | 'updated' | 'unchanged';
    ref: string;
    name: string;
    set?: Record<string, unknown>;
  }[];
}

export interface ImportPlan {
  report: ImportReport;
  changes: Change[];
}

/**
 * Works out what a list changes, and writes nothing.
 * Ids derive from the workspace and what identifies the row, so that two clones that import one list make the same
 * files; for the same reason no time of import is stored (the commit has it).
 * @throws ItacaError `invalid` for what is no list of people
 */
export async function planImportCsv(options: ImportCsvOptions, tools: Tools): Promise<ImportPlan> {
  const { workspace } = tools;
  const { country } = workspace;
  const file = openCsv(options.input, { known: knownNames, path: options.path });
  const columns = recogniseColumns(
    file.header,
    file.sample.map(({ cells }) => cells),
    options.path,
  );
  const rows = [...rowsOf(file)].filter(({ cells }) => cells.some((cell) => cell !== ''));
  const index = await workspace.index();
  const people = new People(index, country);
  const erased = await erasedPeople(workspace);
  const companies = new Map<string, Created>();
  const suppressions: Change[] = [];
  const source = { channel: 'import', name: options.source ?? options.path.replace(/^.*[/\\]/, '') };
  const named = (column: number) => file.header[column] ?? String(column + 1);
  const report: ImportReport = {
    format: 'csv',
    rows: rows.length,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    companies: 0,
    suppressed: 0,
    columns: Object.fromEntries(Object.entries(columns).map(([field, places]) => [field, places.map(named)])),
    errors: [],
    left: [],
    ...(tools.dryRun ? { records: [] } : {}),
  };
  const derive = (kind: string, key: string) => derivedId(workspace.config.id, kind, key);
  const comparable = (key: string, item: unknown): string => {
    const text = typeof item === 'string' ? item : JSON.stringify(item);
    if (key === 'emails')
      return canonicalEmail(String((item as { address?: string }).address ?? item)) ?? text;
    if (key === 'phones')
      return phoneKey(String((item as { number?: string }).number ?? item), country) ?? text;
    return typeof item === 'string' ? foldText(item) : text;
  };

  async function firm(name: string | undefined): Promise<string | undefined> {
    const folded = name === undefined ? '' : foldCompanyName(name);
    if (folded === '') return undefined;
    const known = companies.get(folded)?.ref ?? people.company(folded);
    if (known) return known;
    const created = await newRecord(
      'company',
      { name },
      { title: name as string, id: derive('company', folded), expected: rows.length },
      tools,
    );
    companies.set(folded, created);
    return created.ref;
  }

  for (const [done, row] of rows.entries()) {
    const { line } = row;
    const cells = row.cells.map(unguarded);
    if (done % 1000 === 0) options.progress?.(done, rows.length);
    if (
      file.header.length > 0 &&
      cells.length > file.header.length &&
      cells.slice(file.header.length).some((cell) => cell !== '')
    ) {
      report.refused++;
      report.errors.push({
        line,
        message: `the row has ${cells.length} cells, the header ${file.header.length}`,
      });
      continue;
    }
    const read = contactFromRow(cells, file.header, columns, { source, ...(country ? { country } : {}) });
    if ('refused' in read) {
      report.refused++;
      report.errors.push({ line, message: read.refused });
      continue;
    }
    for (const message of read.problems) report.errors.push({ line, message });
    const { contact, optedOut } = read;
    const data: Record<string, unknown> = {
      ...contact,
      company: await firm(read.company),
      ...(options.office ? { office: options.office } : {}),
      ...(options.owner ? { owner: options.owner } : {}),
    };
    const key = personKey(contact as unknown as Record<string, unknown>, read.company ?? '', country);
    const id = derive('contact', read.key);
    if (erased(id, key.emails)) {
      report.refused++;
      report.errors.push({ line, message: erasedRefusal });
      continue;
    }
    if (optedOut) suppressions.push(...(await optOut(key.emails)));
    const known = people.get(id) ?? matchPerson(key, people.candidates(key));
    if (known) {
      const ref = people.refOf(known.id);
      const { set, left } = fillContact(people.dataOf(known.id), data, comparable);
      const tags = addedTags(people.dataOf(known.id).tags, options.tags);
      if (tags) set.tags = tags;
      const action = Object.keys(set).length > 0 ? 'updated' : 'unchanged';
      report[action]++;
      report.records?.push({
        line,
        action,
        ref,
        name: contact.name,
        ...(action === 'updated' ? { set } : {}),
      });
      people.update(known.id, set, key);
      for (const value of left) report.left.push({ line, ref, ...value });
    } else {
      if (options.tags) data.tags = addedTags(data.tags, options.tags) ?? data.tags;
      const created = await newRecord(
        'contact',
        data,
        { title: contact.name, id, expected: rows.length, ...(read.note ? { note: read.note } : {}) },
        tools,
      );
      people.add(created, { ...key, id } satisfies KnownPerson);
      report.created++;
      report.records?.push({ line, action: 'created', ref: created.ref, name: contact.name });
    }
  }
  report.companies = companies.size;
  report.suppressed = suppressions.length;
  return { report, changes: [...companies.values(), ...people.changes(), ...suppressions] };

  /** An opt-out in a list is applied at once, and never cleared by a later list. */
  async function optOut(emails: readonly string[]): Promise<Change[]> {
    const fresh = emails.filter((email) => !people.isSuppressed(email));
    for (const email of fresh) people.suppress(email);
    return Promise.all(
      fresh.map((address) =>
        newRecord(
          'suppression',
          { address, scope: 'all', reason: 'unsubscribed', source: source.name },
          { title: address, id: derive('suppression', address) },
          tools,
        ),
      ),
    );
  }
}

/** Carries out a plan of `planImportCsv`, as one commit. */
export async function applyImport({ report, changes }: ImportPlan, tools: Tools): Promise<void> {
  const subject = `import csv: ${report.created} created, ${report.updated} updated`;
  await write(changes, { subject }, tools);
}

function addedTags(before: unknown, tags: readonly string[] | undefined): string[] | undefined {
  const known = Array.isArray(before) ? before.map(String) : [];
  const missing = (tags ?? []).filter((tag) => !known.includes(tag));
  return missing.length > 0 ? [...known, ...missing] : undefined;
}
