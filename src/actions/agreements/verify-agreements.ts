import type { Agreement } from '../../domain/agreements/agreement.js';
import { type Finding, verifyAgreement, type Word } from '../../domain/agreements/verify.js';
import type { Case } from '../../domain/cases/case.js';
import { isOpen } from '../../domain/cases/states.js';
import type { Interaction } from '../../domain/interactions/interaction.js';
import { isoDate } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { nameOf } from '../names.js';
import { type ForbiddenSend, reportSendsAfterCancel } from '../reports/sends-after-cancel.js';
import { endingReader } from './asks-to-end.js';
import { ordersOf } from './effective.js';
import { isWithParty, partyOf } from './party.js';

/** A finding, with the agreement and its party. */
export interface AgreementFinding extends Finding {
  agreement: string;
  number: string | null;
  party: string | null;
}

/**
 * What customers were told of their agreements, and asked, against what is on record.
 * @param which agreements; all where none is named
 * @throws ItacaError `invalid` where the journal of a campaign cannot be read
 */
export async function verifyAgreements(
  which: readonly string[],
  workspace: Workspace,
): Promise<AgreementFinding[]> {
  const index = await workspace.index();
  const agreements =
    which.length === 0
      ? (index.list({ kinds: ['agreement'], order: 'title' }) as unknown as StoredRecord<Agreement>[])
      : await Promise.all(which.map((one) => findRecord<Agreement>(workspace, one, ['agreement'])));
  const sends = await reportSendsAfterCancel(workspace, { since: null, until: null });
  const asksToEnd = endingReader(workspace.root);
  return agreements.flatMap((agreement) => {
    const { ref, data } = agreement;
    return verifyAgreement(fileOf(agreement, sends, index, workspace, asksToEnd)).map((finding) => ({
      agreement: ref,
      number: data.number ?? null,
      party: nameOf(data.contact ?? data.company, index),
      ...finding,
    }));
  });
}

function fileOf(
  { id, ref, data }: StoredRecord<Agreement>,
  sends: readonly ForbiddenSend[],
  index: Index,
  { clock, config }: Workspace,
  asksToEnd: ReturnType<typeof endingReader>,
) {
  const cases = (index.naming(id, ['case']) as unknown as StoredRecord<Case>[]).filter(
    (one) => one.data.type === 'cancellation',
  );
  const party = partyOf(data, index);
  const words = new Map<string, StoredRecord>();
  for (const one of [id, ...cases.map((kase) => kase.id)])
    for (const word of index.naming(one, ['interaction'])) words.set(word.id, word);
  for (const word of ownWords({ id, data }, index)) words.set(word.id, word);
  return {
    agreement: data,
    words: ([...words.values()] as unknown as StoredRecord<Interaction>[])
      .sort((a, b) => Date.parse(a.data.at) - Date.parse(b.data.at))
      .map((one): Word => {
        const withParty = isWithParty(one.data, data, index);
        const { ref: from, data: said, note } = one;
        return { ref: from, data: said, note, withParty, asksToEnd: () => asksToEnd(said, note) };
      }),
    openCancellations: cases.filter((one) => isOpen(one.data.state)).map((one) => one.ref),
    orders: ordersOf(id, index),
    sends: sends
      .filter((one) => one.ref === party?.ref && one.interaction === null)
      .map(({ at, title, campaign }) => ({ at, what: title, evidence: campaign ?? ref })),
    isPurpose: (topic: string) => topic in (config.purposes ?? { [topic]: true }),
    dayOf: (when: string) => (when.length === 10 ? when : isoDate(Date.parse(when), clock.timeZone)),
  };
}

/** What was said with the party about ending something and names no agreement; his only one is meant. */
function ownWords({ id, data }: Pick<StoredRecord<Agreement>, 'id' | 'data'>, index: Index): StoredRecord[] {
  const party = partyOf(data, index);
  if (!party) return [];
  const others = index
    .naming(party.id, ['agreement'])
    .filter((one) => one.id !== id && one.data.state !== 'terminated' && one.data.state !== 'expired');
  if (others.length > 0) return [];
  return index.naming(party.id, ['interaction']).filter((one) => {
    const { agreement, intent, topics } = one.data as unknown as Interaction;
    return agreement === undefined && (intent === 'cancellation' || topics?.includes('cancellation'));
  });
}
