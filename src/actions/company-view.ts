import { parentsOf } from '../domain/companies/hierarchy.js';
import { idOfRef } from '../domain/records/ids.js';
import type { Index } from '../workspace/index/index.js';
import type { StoredRecord } from '../workspace/records.js';

interface Named {
  ref: string;
  name: string;
}

/** Somebody who is, or was, at a firm. */
export interface AtCompany extends Named {
  title: string | null;
}

export interface Left extends AtCompany {
  from: string | null;
  until: string | null;
  /** The firm where he is now. */
  now: string | null;
}

export interface CompanyView {
  /** The firms it belongs to, the nearest first. */
  parents: Named[];
  /** The firms that belong to it, each followed by its own; 1 is the depth of those that do so at once. */
  subsidiaries: (Named & { depth: number })[];
  people: AtCompany[];
  /** Those who went elsewhere, the last first. */
  former_people: Left[];
}

/** The firms above and below a firm, and the people who are and who were there. */
export function viewCompany(id: string, index: Index): CompanyView {
  const above = parentsOf(id, (one) => idOf(index.get(one)?.data.parent, index));
  const contacts = index.naming(id, ['contact']).sort((a, b) => (a.title < b.title ? -1 : 1));
  return {
    parents: above.flatMap((one) => {
      const firm = index.get(one);
      return firm ? [named(firm)] : [];
    }),
    subsidiaries: [...below(id, index, 1, new Set([id]))],
    people: contacts
      .filter(({ data }) => idOf(data.company, index) === id)
      .map((one) => ({ ...named(one), title: textOf(one.data.title) })),
    former_people: contacts
      .flatMap((one) => positionsAt(one, id, index))
      .sort((a, b) => ((a.until ?? '') > (b.until ?? '') ? -1 : 1)),
  };
}

function* below(
  id: string,
  index: Index,
  depth: number,
  seen: Set<string>,
): Generator<CompanyView['subsidiaries'][number]> {
  const firms = index.naming(id, ['company']).filter(({ data }) => idOf(data.parent, index) === id);
  for (const firm of firms.sort((a, b) => (a.title < b.title ? -1 : 1))) {
    if (seen.has(firm.id)) continue;
    seen.add(firm.id);
    yield { ...named(firm), depth };
    yield* below(firm.id, index, depth + 1, seen);
  }
}

function positionsAt(contact: StoredRecord, id: string, index: Index): Left[] {
  const { positions, company } = contact.data;
  if (!Array.isArray(positions)) return [];
  return (positions as Record<string, unknown>[])
    .filter((one) => idOf(one?.company, index) === id)
    .map(({ title, from, until }) => ({
      ...named(contact),
      title: textOf(title),
      from: textOf(from),
      until: textOf(until),
      now: textOf(company),
    }));
}

/** The id that a reference means; of a merged record its survivor's. */
function idOf(ref: unknown, index: Index): string | undefined {
  const id = typeof ref === 'string' ? idOfRef(ref) : undefined;
  return id === undefined ? undefined : (index.get(id)?.id ?? id);
}

function named({ ref, title }: StoredRecord): Named {
  return { ref, name: title };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
