import type { VcardVersion } from '../../domain/vcard/said-lines.js';
import { type CardRecord, writeCard } from '../../domain/vcard/write-card.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import { keptPhoto } from '../import-vcard/card-photos.js';
import { firmNames } from './firm-names.js';

/** Cards on their way out; the counts stand when the last of them was taken. */
export interface OutgoingCards {
  parts: Iterable<string>;
  counts: {
    records: number;
    /** Records that are neither people nor firms; absent where there are none. */
    left_out?: number;
  };
}

const cardsAtOnce = 200;

/**
 * People and firms as cards, in pieces of some hundred cards. Records of other kinds are left out, and counted.
 * @param records what a query selects
 */
export function vcardParts(
  records: Iterable<StoredRecord>,
  { root, index }: { root: string; index: Index },
  version: VcardVersion,
): OutgoingCards {
  const counts: OutgoingCards['counts'] = { records: 0 };
  const firmOf = firmNames(index);
  function* parts(): Generator<string> {
    let cards: string[] = [];
    for (const { kind, id, data, note } of records) {
      if (kind !== 'contact' && kind !== 'company') {
        counts.left_out = (counts.left_out ?? 0) + 1;
        continue;
      }
      counts.records++;
      const company = kind === 'contact' ? firmOf(data.company) : undefined;
      const photo = keptPhoto(root, data.attachments);
      const record: CardRecord = {
        kind,
        id,
        data,
        note,
        ...(company === undefined ? {} : { company }),
        ...(photo === undefined ? {} : { photo }),
      };
      cards.push(writeCard(record, version));
      if (cards.length < cardsAtOnce) continue;
      yield cards.join('');
      cards = [];
    }
    yield cards.join('');
  }
  return { parts: parts(), counts };
}
