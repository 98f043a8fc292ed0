import type { RowCompany } from '../../domain/lists/company-from-row.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import type { BringInOptions, BringInReport, Refused } from './entry.js';
import { Session } from './session.js';
import type { Item } from './stock.js';

type Entry = RowCompany & { line: number };

/** A firm as some source tells of it. */
export type FirmEntry = Pick<Entry, 'line' | 'company' | 'note' | 'key' | 'ids'> & {
  /** The record on file, where the source names it. */
  id?: string;
  /** Firms that other entries of the source are: it keeps them apart from this one, however alike. */
  others?: ReadonlySet<Item>;
};

/** Works out what a list of firms changes; a firm that comes after one it is above is found as well. */
export async function bringInCompanies(
  entries: Iterable<Entry | Refused>,
  options: BringInOptions,
  tools: Tools,
): Promise<{ report: BringInReport; changes: Change[] }> {
  const session = await Session.open(options, tools);
  const { firms } = session;
  const parents: { item: Item; parent: string; line: number }[] = [];
  await session.each<Entry>(entries, async (entry) => {
    const { line, parent } = entry;
    const item = await takeFirm(session, entry);
    if (parent !== undefined && item.data.parent === undefined) parents.push({ item, parent, line });
  });
  for (const { item, parent, line } of parents) {
    const above = firms.identified([parent]);
    const name = parent.slice(parent.indexOf(':') + 1);
    if (!above || above === item)
      session.report.errors.push({
        line,
        message: `the firm above it, ${JSON.stringify(name)}, is not on file`,
      });
    else firms.update(item, { parent: above.ref });
  }
  return session.finish();
}

/** Takes in one firm, and counts it. */
export async function takeFirm(session: Session, entry: FirmEntry): Promise<Item> {
  const { firms, options } = session;
  const { line, ids, note } = entry;
  const data: Record<string, unknown> = {
    ...entry.company,
    ...(options.tags ? { tags: options.tags } : {}),
    ...(options.office ? { office: options.office } : {}),
    ...(options.owner ? { owner: options.owner } : {}),
  };
  const { name } = entry.company;
  const named = entry.id === undefined ? undefined : firms.get(entry.id);
  const alike = firms.find(data, ids);
  const known =
    named ??
    (alike && entry.others?.has(alike) ? undefined : alike) ??
    firms.get(session.derive('company', entry.key));
  if (known) {
    session.fill(line, firms, known, { data, name, note });
    return known;
  }
  const item = await session.create('company', firms, { ...entry, data, title: name });
  session.count(line, 'created', item.ref, name);
  return item;
}
