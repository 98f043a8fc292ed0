import { foldPersonName } from '../../domain/contacts/person-name.js';
import { withoutOwn } from '../../domain/exports/from-cells.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import type { BringInOptions, BringInReport, Person, PersonEntry } from './entry.js';
import { Session } from './session.js';

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
): Promise<{ report: BringInReport; changes: Change[] }> {
  const session = await Session.open(options, tools);
  await session.each<Person & { line: number }>(entries, (entry) => takePerson(session, entry));
  return session.finish();
}

/** Takes in one person, and counts him. */
export async function takePerson(session: Session, entry: Person & { line: number }): Promise<void> {
  const { options, tools } = session;
  const { line } = entry;
  if (session.refuseErased(line, entry)) return;
  const { data, known, key } = await lookUp(session, entry);
  const { name } = entry.contact;
  if (entry.optOut)
    await session.optOuts.add(session.people.emailsOf(data), entry.optOut, tools, options.expected);
  data.tags = withTags(data.tags, options.tags);
  data.consents = await session.consents?.of(entry, data, known, session);
  if (known) {
    session.consents?.settle(entry, known);
    session.fill(line, session.people, known, { data, name, note: entry.note });
    session.people.alsoKnownBy(known, data);
  } else {
    const item = await session.create('contact', session.people, { ...entry, key, data, title: name });
    session.consents?.settle(entry, item);
    session.count(line, 'created', item.ref, name);
  }
}

/** Who a person is, and the front matter that the entry makes of him. */
export async function lookUp(session: Session, person: Person) {
  const { options, tools, firms, people } = session;
  const { contact, company, companyId } = person;
  const named = person.id === undefined ? undefined : people.get(person.id);
  const where = named?.data.company;
  const data: Record<string, unknown> = {
    ...contact,
    company: firms.isCalled(where, company)
      ? where
      : await firms.of(company, companyId, options.expected, tools),
    ...(named ? { custom: withoutOwn((contact as { custom?: unknown }).custom, named.data) } : {}),
    ...(options.office ? { office: options.office } : {}),
    ...(options.owner ? { owner: options.owner } : {}),
  };
  const id = session.derive('contact', person.key);
  if (named || !person.key.startsWith('email:'))
    return { data, key: person.key, known: people.find({ own: named?.id ?? id }, data, person.ids) };
  const withName = `${person.key}|${foldPersonName(contact.name)}`;
  const own = session.derive('contact', withName);
  const known = people.find({ own, byAddress: id }, data, person.ids);
  // The first at an address has its id; whoever else is there has one with his name.
  return { data, key: people.get(id) ? withName : person.key, known };
}

function withTags(own: unknown, tags: readonly string[] | undefined): string[] | undefined {
  const known = Array.isArray(own) ? own.map(String) : [];
  const all = [...known, ...(tags ?? []).filter((tag) => !known.includes(tag))];
  return all.length > 0 ? all : undefined;
}
