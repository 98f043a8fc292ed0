import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { foldText } from '../../domain/contacts/person-name.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { fillContact } from '../../domain/lists/fill-contact.js';
import { matchPerson, personKey } from '../../domain/lists/match-contact.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Change } from '../../workspace/records.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import type { BringInOptions, PeopleReport, PersonEntry } from './entry.js';
import { Firms } from './firms.js';
import { OptOuts } from './opt-outs.js';
import { People } from './people.js';

/**
 * Works out what people from elsewhere change, and writes nothing: whom each one is, what that fills in, who and which
 * firms are new, to whom nobody is to write any more. Every import of people goes this way.
 * Ids derive from the workspace and what identifies the entry, so that two clones that import one list make the same
 * files; for the same reason no time of import is stored (the commit has it).
 */
export async function bringInPeople(
  entries: Iterable<PersonEntry>,
  options: BringInOptions,
  tools: Tools,
): Promise<{ report: PeopleReport; changes: Change[] }> {
  const { workspace } = tools;
  const { country } = workspace;
  const { expected } = options;
  const index = await workspace.index();
  const firms = new Firms(index);
  const people = new People(index, firms, country);
  const optOuts = new OptOuts(index, options.source);
  const report: PeopleReport = {
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    companies: 0,
    suppressed: 0,
    errors: [],
    left: [],
    ...(tools.dryRun ? { records: [] } : {}),
  };
  const comparable = comparableIn(country);

  for (const entry of entries) {
    const { line } = entry;
    if (report.rows % 1000 === 0) options.progress?.(report.rows, expected);
    report.rows++;
    if ('refused' in entry) {
      report.refused++;
      report.errors.push({ line, message: entry.refused });
      continue;
    }
    for (const message of entry.problems ?? []) report.errors.push({ line, message });
    const { contact } = entry;
    const data: Record<string, unknown> = {
      ...contact,
      company: await firms.of(entry.company, expected, tools),
      ...(options.office ? { office: options.office } : {}),
      ...(options.owner ? { owner: options.owner } : {}),
    };
    const key = personKey(contact, entry.company ?? '', country);
    if (entry.optOut) await optOuts.add(key.emails, entry.optOut, tools);
    const id = derivedId(workspace.config.id, 'contact', entry.key);
    const named = entry.id === undefined ? undefined : people.get(entry.id);
    const known = named ?? people.get(id) ?? matchPerson(key, people.candidates(key));
    if (known) {
      const ref = people.refOf(known.id);
      const { set, left } = fillContact(people.dataOf(known.id), data, comparable);
      const tags = addedTags(people.dataOf(known.id).tags, options.tags);
      if (tags) set.tags = tags;
      const action = Object.keys(set).length > 0 ? 'updated' : 'unchanged';
      report[action]++;
      const changed = action === 'updated' ? { set } : {};
      report.records?.push({ line, action, ref, name: contact.name, ...changed });
      people.update(known.id, set, key);
      for (const value of left) report.left.push({ line, ref, ...value });
    } else {
      if (options.tags) data.tags = addedTags(data.tags, options.tags) ?? data.tags;
      const note = entry.note ? { note: entry.note } : {};
      const created = await newRecord('contact', data, { title: contact.name, id, expected, ...note }, tools);
      people.add(created, { ...key, id });
      report.created++;
      report.records?.push({ line, action: 'created', ref: created.ref, name: contact.name });
    }
  }
  report.companies = firms.created.length;
  report.suppressed = optOuts.created.length;
  return { report, changes: [...firms.created, ...people.changes(), ...optOuts.created] };
}

/** Makes two spellings of one address or number equal. */
function comparableIn(country: string | undefined): (key: string, item: unknown) => string {
  return (key, item) => {
    const text = typeof item === 'string' ? item : JSON.stringify(item);
    if (key === 'emails')
      return canonicalEmail(String((item as { address?: string }).address ?? item)) ?? text;
    if (key === 'phones')
      return phoneKey(String((item as { number?: string }).number ?? item), country) ?? text;
    return typeof item === 'string' ? foldText(item) : text;
  };
}

function addedTags(before: unknown, tags: readonly string[] | undefined): string[] | undefined {
  const known = Array.isArray(before) ? before.map(String) : [];
  const missing = (tags ?? []).filter((tag) => !known.includes(tag));
  return missing.length > 0 ? [...known, ...missing] : undefined;
}
