import type { OwnRow } from '../../domain/lists/own-row.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import { takeFirm } from './companies.js';
import type { BringInOptions, BringInReport, Refused } from './entry.js';
import { Session } from './session.js';
import type { Item } from './stock.js';

/** Works out what our own export of firms changes here; the firm above another is found among those of the export. */
export async function bringInOwnFirms(
  entries: Iterable<(OwnRow & { line: number }) | Refused>,
  options: BringInOptions,
  tools: Tools,
): Promise<{ report: BringInReport; changes: Change[] }> {
  const session = await Session.open(options, tools);
  const { firms } = session;
  const { members, offices } = tools.workspace.config;
  const byId = new Map<string, Item>();
  const others = new Set<Item>();
  const parents: { item: Item; parent: string; line: number }[] = [];
  await session.each<OwnRow & { line: number }>(entries, async ({ line, id, data, note }) => {
    // What was merged where the list comes from leads to nothing here.
    const { parent, owner, office, merged_from: _, merged_into: __, ...company } = data;
    const here = (key: string, value: unknown, known: object | undefined, what: string) => {
      if (typeof value !== 'string' || known === undefined || Object.hasOwn(known, value))
        return value === undefined ? {} : { [key]: value };
      const message = `the ${key}, ${JSON.stringify(value)}, is no ${what} here`;
      session.report.errors.push({ line, message });
      return {};
    };
    const key = `export ${id}`;
    const item = await takeFirm(session, {
      line,
      id: firms.get(id) ? id : session.derive('company', key),
      key,
      others,
      ids: idsOf(company.identifiers),
      company: {
        ...company,
        ...here('owner', owner, members, 'member'),
        ...here('office', office, offices, 'office'),
        name: String(company.name),
      },
      ...(note === '' ? {} : { note }),
    });
    byId.set(id, item);
    others.add(item);
    if (typeof parent === 'string' && item.data.parent === undefined) parents.push({ item, parent, line });
  });
  for (const { item, parent, line } of parents) {
    const id = idOfRef(parent) ?? '';
    const above = byId.get(id) ?? firms.get(id);
    if (above && above !== item) firms.update(item, { parent: above.ref });
    else
      session.report.errors.push({
        line,
        message: `the firm above it, ${JSON.stringify(parent)}, is not on file`,
      });
  }
  return session.finish();
}

function idsOf(identifiers: unknown): string[] {
  return typeof identifiers === 'object' && identifiers !== null
    ? Object.entries(identifiers).map(([system, value]) => `${system}:${value}`)
    : [];
}
