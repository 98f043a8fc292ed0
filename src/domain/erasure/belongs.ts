import { idOfRef } from '../records/ids.js';
import type { Kind } from '../records/kind-names.js';
import { references } from '../records/references.js';

/** What becomes of a record: it goes, or it stays without the person, or it is none of his. */
export type Fate = 'removed' | 'redacted' | 'untouched';

export interface FateRules {
  contacts: ReadonlySet<string>;
  /** Records that go already: what belongs to nothing else goes with them. */
  removed: ReadonlySet<string>;
  /** Kinds that the law obliges to keep: they stay, without the person. */
  kept: ReadonlySet<Kind>;
}

/** Kinds that are a firm's as much as its contact's. */
const ofFirms: readonly Kind[] = ['deal', 'agreement', 'order'];
/** What passed or was promised within one of these belongs to it. */
const holders = ['case', 'deal', 'agreement', 'order', 'made_in', 'answers', 'edits'];

/**
 * What becomes of a record that is not the person's own. It goes where it is about nobody else: what names another
 * contact stays, and so does a deal, an agreement or an order of a firm.
 * @param data front matter
 */
export function fateOf(
  { kind, data }: { kind: Kind; data: Record<string, unknown> },
  { contacts, removed, kept }: FateRules,
): Fate {
  const named = (key: string) => idsIn(data[key]);
  const all = Object.keys(references[kind]).flatMap(named);
  if (!all.some((id) => contacts.has(id) || removed.has(id))) return 'untouched';
  if (kind === 'decision') return all.some((id) => contacts.has(id)) ? 'removed' : 'redacted';
  if (kind === 'contact' || kind === 'company' || kind === 'campaign') return 'redacted';
  if (kept.has(kind)) return 'redacted';
  const parties = ['contact', 'contacts', 'to'].flatMap(named);
  if (parties.some((id) => !contacts.has(id))) return 'redacted';
  if (parties.length > 0)
    return ofFirms.includes(kind) && named('company').length > 0 ? 'redacted' : 'removed';
  return holders.flatMap(named).some((id) => removed.has(id)) ? 'removed' : 'redacted';
}

function idsIn(value: unknown): string[] {
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => (typeof item === 'string' ? (idOfRef(item.trim()) ?? []) : []));
}
