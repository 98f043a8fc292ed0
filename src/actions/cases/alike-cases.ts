import { aboutOf, likeness, readsAlike } from '../../domain/cases/alike.js';
import type { Case } from '../../domain/cases/case.js';
import { isOpen } from '../../domain/cases/states.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

/** What a new case is about, and whose it is. */
export interface CaseSubject {
  title: string;
  note?: string | undefined;
  type: string;
  /** References. */
  contact?: string | undefined;
  company?: string | undefined;
  order?: string | undefined;
  agreement?: string | undefined;
}

/**
 * Open cases of the same customer that read alike, the most alike first: about the same order, or of the same type about
 * the same agreement, or in much the same words as the case or anything that passed in it.
 */
export function alikeCases(subject: CaseSubject, index: Index): StoredRecord<Case>[] {
  const customers = [subject.contact, subject.company].flatMap((ref) => idOfRef(ref ?? '') ?? []);
  const open = new Map(
    customers
      .flatMap((id) => index.naming(id, ['case']) as unknown as StoredRecord<Case>[])
      .filter(({ data }) => isOpen(data.state))
      .map((kase) => [kase.id, kase]),
  );
  const about = aboutOf(`${subject.title} ${subject.note ?? ''}`);
  const title = aboutOf(subject.title);
  const same = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && idOfRef(one) === idOfRef(other);
  return [...open.values()]
    .map((kase) => {
      const { data } = kase;
      const texts = [
        data.title,
        `${data.title} ${kase.note}`,
        ...index.naming(kase.id, ['interaction']).map((one) => `${one.data.subject ?? ''} ${one.note}`),
      ].map(aboutOf);
      const alike = texts.filter((text) => readsAlike(text, about) || readsAlike(text, title));
      const words = Math.max(
        0,
        ...alike.map((text) => Math.max(likeness(text, about), likeness(text, title))),
      );
      const order = same(data.order, subject.order) ? 2 : 0;
      const agreement = same(data.agreement, subject.agreement) && data.type === subject.type ? 1 : 0;
      return { kase, score: order + agreement + words };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.kase.at ?? 0) - (b.kase.at ?? 0))
    .map(({ kase }) => kase);
}
