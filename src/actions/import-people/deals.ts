import type { RowDeal } from '../../domain/lists/deal-from-row.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import type { BringInOptions, BringInReport, Refused } from './entry.js';
import { Session } from './session.js';
import { Stock } from './stock.js';

type Entry = RowDeal & { line: number };

/** Works out what a list of deals changes; whom one is about is found by what the other system calls him. */
export async function bringInDeals(
  entries: Iterable<Entry | Refused>,
  options: BringInOptions,
  tools: Tools,
): Promise<{ report: BringInReport; changes: Change[] }> {
  const session = await Session.open(options, tools);
  const deals = new Stock('deal').load(session.index);
  await session.each<Entry>(entries, async (entry) => {
    const { line, ids, deal } = entry;
    const data: Record<string, unknown> = {
      ...deal,
      contact: session.people.identified(entry.contacts)?.ref,
      company: session.firms.identified(entry.companies)?.ref,
      ...(options.office ? { office: options.office } : {}),
      ...(options.owner ? { owner: options.owner } : {}),
    };
    const known = deals.identified(ids) ?? deals.get(session.derive('deal', entry.key));
    if (known) session.fill(line, deals, known, { data, name: deal.title, note: entry.note });
    else {
      const { ref } = await session.create('deal', deals, { ...entry, data, title: deal.title });
      session.count(line, 'created', ref, deal.title);
    }
  });
  return session.finish(deals.changes());
}
