import type { Agreement } from '../../domain/agreements/agreement.js';
import { cancellationOf } from '../../domain/agreements/cancellation.js';
import type { Case } from '../../domain/cases/case.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { idOfRef } from '../../domain/records/ids.js';
import type { Sequence } from '../../domain/sequences/sequence.js';
import { firstStop, isReply, type StopEvidence } from '../../domain/sequences/stop.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';

/** What on file ends a sequence for a person, the first thing. @param since when his enrolment began, epoch milliseconds */
export function stopIn(
  sequence: Sequence,
  since: number,
  contact: string,
  index: Index,
): StopEvidence | undefined {
  return firstStop(sequence, since, stopEvidence(contact, index));
}

/** What is on file about a person that may end a sequence: replies, cases, deals, cancellations. */
function stopEvidence(contact: string, index: Index): StopEvidence[] {
  return index.naming(contact, ['interaction', 'case', 'deal', 'agreement']).flatMap((record) => {
    const isHis = (ref: unknown) =>
      typeof ref === 'string' && (index.get(idOfRef(ref) ?? '')?.id ?? idOfRef(ref)) === contact;
    if (record.kind === 'interaction') return replyIn(record, isHis);
    if (!isHis(record.data.contact)) return [];
    if (record.kind === 'case') return openedIn(record);
    return record.kind === 'deal' ? dealIn(record) : cancelledIn(record);
  });
}

function replyIn(record: StoredRecord, isHis: (ref: unknown) => boolean): StopEvidence[] {
  const data = record.data as Interaction;
  if (!isReply(data) || !data.contacts?.some(isHis)) return [];
  const why = `${data.channel}${data.subject === undefined ? '' : `: ${data.subject}`}`;
  return [{ condition: 'reply', at: data.at, evidence: record.ref, why }];
}

function openedIn({ data, ref }: StoredRecord): StopEvidence[] {
  const { opened_at, title } = data as unknown as Case;
  return [{ condition: 'case', at: opened_at, evidence: ref, why: `a case was opened: ${title}` }];
}

function dealIn({ data, ref }: StoredRecord): StopEvidence[] {
  const { title, history = [] } = data as { title: string; history?: { at: string; to?: string }[] };
  const won = history.find(({ to }) => to === 'won');
  const [first] = history;
  return [
    ...(first ? [{ at: first.at, why: `a deal was opened: ${title}` }] : []),
    ...(won ? [{ at: won.at, why: `a deal was won: ${title}` }] : []),
  ].map((found) => ({ condition: 'deal', evidence: ref, ...found }));
}

/** A cancellation that was taken back is none. */
function cancelledIn({ data, ref }: StoredRecord): StopEvidence[] {
  const agreement = data as unknown as Agreement;
  const said = cancellationOf(agreement);
  const why = `agreement ${agreement.number ?? ref}: ${agreement.state.replaceAll('_', ' ')}`;
  return said ? [{ condition: 'cancellation', at: said.requested_at, evidence: ref, why }] : [];
}
