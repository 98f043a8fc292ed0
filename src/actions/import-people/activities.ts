import { foldText } from '../../domain/contacts/person-name.js';
import type { RowActivity } from '../../domain/lists/activity-from-row.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import { lookUp } from './bring-in.js';
import type { BringInOptions, BringInReport, Refused } from './entry.js';
import { Session } from './session.js';
import { Stock } from './stock.js';

type Entry = RowActivity & { line: number };

/** Works out which interactions a list of activities makes. Whom one was with is put on file where he is not. */
export async function bringInActivities(
  entries: Iterable<Entry | Refused>,
  options: BringInOptions,
  tools: Tools,
): Promise<{ report: BringInReport; changes: Change[] }> {
  const session = await Session.open(options, tools);
  const { people, firms } = session;
  const interactions = new Stock('interaction').load(session.index);
  const deals = new Map<string, string>();
  for (const { title, ref } of session.index.list({ kinds: ['deal'] })) deals.set(foldText(title), ref);
  await session.each<Entry>(entries, async (entry) => {
    const { line, person, interaction } = entry;
    if (person && session.refuseErased(line, person)) return;
    const contact = person && (await whom(session, person));
    const deal = entry.deal === undefined ? undefined : deals.get(foldText(entry.deal));
    const custom = {
      ...(interaction.custom as Record<string, string> | undefined),
      ...(entry.deal !== undefined && deal === undefined ? { deal: entry.deal } : {}),
    };
    const data: Record<string, unknown> = {
      ...interaction,
      contacts: contact ? [contact] : undefined,
      company: await firms.of(entry.company, undefined, options.expected, tools),
      deal,
      custom: Object.keys(custom).length > 0 ? custom : undefined,
    };
    const title = String(interaction.subject ?? interaction.channel);
    const known = interactions.get(session.derive('interaction', entry.key));
    if (known) session.fill(line, interactions, known, { data, name: title, note: entry.note });
    else {
      const { ref } = await session.create('interaction', interactions, { ...entry, data, title });
      session.count(line, 'created', ref, title);
    }
  });
  return session.finish(interactions.changes());

  async function whom(session: Session, person: NonNullable<RowActivity['person']>): Promise<string> {
    const { data, known, key } = await lookUp(session, person);
    if (known) {
      people.alsoKnownBy(known, data);
      return known.ref;
    }
    session.report.contacts++;
    return (await session.create('contact', people, { ...person, key, data, title: person.contact.name }))
      .ref;
  }
}
