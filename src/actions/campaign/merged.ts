import type { Candidate } from '../../domain/campaigns/persons.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { mergeEntries } from '../../domain/duplicates/provenance.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';

/** What was merged, for the plan of a send: references lead to the survivors, and the merged speak through them. */
export interface MergedForSend {
  /** The id that a reference leads to. */
  survivorOf(ref: string): string | undefined;
  /** A record with `contact` and `company` naming the survivors. */
  resolved<T extends { contact?: string | undefined; company?: string | undefined }>(data: T): T;
  /** A candidate with those that were merged into it, and the firm that stayed. */
  candidate(contact: Candidate): Candidate;
}

/** Reads all merges at once: there are few, and each decides about a person. */
export function mergedForSend(index: Index): MergedForSend {
  const merges = index.merged(['contact', 'company']);
  const survivors = new Map(merges.map(({ id, survivor }) => [id, survivor]));
  const under = new Map<string, typeof merges>();
  for (const merge of merges) under.set(merge.survivor, [...(under.get(merge.survivor) ?? []), merge]);
  const survivorOf = (ref: string) => {
    const id = idOfRef(ref);
    return id === undefined ? undefined : (survivors.get(id) ?? id);
  };
  const resolved: MergedForSend['resolved'] = (data) => {
    const { contact, company } = data;
    if (survivors.size === 0) return data;
    return {
      ...data,
      ...(contact === undefined ? {} : { contact: survivorOf(contact) ?? contact }),
      ...(company === undefined ? {} : { company: survivorOf(company) ?? company }),
    };
  };
  return {
    survivorOf,
    resolved,
    candidate(contact) {
      if (merges.length === 0) return contact;
      const merged = under.get(contact.id);
      const data = resolved(contact.data);
      if (!merged) return { ...contact, data };
      const entries = mergeEntries(contact.data);
      return {
        ...contact,
        data,
        merged: merged.map((one) => ({
          data: one.data as Contact,
          at: entries.find(({ ref }) => idOfRef(ref) === one.id)?.at,
        })),
      };
    },
  };
}
