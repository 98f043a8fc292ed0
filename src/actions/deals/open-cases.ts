import { isOpen } from '../../domain/cases/states.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

/** The open cases of a person and of his firm, each once: who is about to sell sees them first. */
export function openCasesAround(
  { contact, company }: { contact?: unknown; company?: unknown },
  index: Index,
): StoredRecord[] {
  const ids = [contact, company].flatMap((ref) => (typeof ref === 'string' ? (idOfRef(ref) ?? []) : []));
  const named = ids.map((id) => index.get(id)?.id ?? id);
  const cases = named.flatMap((id) => index.naming(id, ['case'])).filter(({ data }) => isOpen(data.state));
  return [...new Map(cases.map((kase) => [kase.id, kase])).values()];
}
