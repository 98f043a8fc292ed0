import type { Agreement } from '../../domain/agreements/agreement.js';
import { renewalOf } from '../../domain/agreements/renewal.js';
import type { Case } from '../../domain/cases/case.js';
import { machine } from '../../domain/cases/raise.js';
import { derivedId } from '../../domain/records/derived-id.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoDate, isoInstant, startOf } from '../../domain/time/clock.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import { type Created, newRecord } from '../new-record.js';
import { officeOf } from '../reports/offices.js';
import type { Tools } from '../tools.js';

/** The type of the cases. */
const renewalType = 'renewal';

/** A case that was opened since the last day of notice of an agreement comes near. */
export interface Renewed {
  agreement: string;
  case: string;
  /** The last day of notice, `YYYY-MM-DD`. */
  notice: string;
}

/**
 * Cases for agreements that come to their end, one for each end. In every clone the same: the id is derived from the
 * agreement and its end, the time is when it came up. None for one that somebody is renewing already.
 */
export async function planRenewals(tools: Tools): Promise<{ changes: Created[]; renewed: Renewed[] }> {
  const { workspace, clock } = tools;
  const index = await workspace.index();
  const today = isoDate(clock.now(), clock.timeZone);
  const changes: Created[] = [];
  const renewed: Renewed[] = [];
  const inHand = agreementsInHand(index);
  for (const {
    id: agreement,
    ref,
    data,
  } of index.endingAgreements() as unknown as StoredRecord<Agreement>[]) {
    const renewal = renewalOf(data);
    if (!renewal || renewal.opens > today || renewal.end < today) continue;
    const id = derivedId(workspace.config.id, 'case', `renewal ${agreement} ${renewal.end}`);
    if (index.get(id) || inHand.has(agreement)) continue;
    const at = isoInstant(startOf(renewal.opens, clock.timeZone) ?? clock.now(), clock.timeZone);
    const customer = data.contact ? index.get(idOfRef(data.contact) ?? '')?.data : undefined;
    const owner = data.owner ?? customer?.owner;
    const title = `Renewal of ${data.number ?? ref}: notice by ${renewal.notice}, end on ${renewal.end}`;
    const kase = await newRecord(
      'case',
      {
        title,
        type: renewalType,
        state: 'new',
        contact: data.contact,
        company: data.company,
        agreement: ref,
        owner,
        office:
          data.office ??
          customer?.office ??
          officeOf(workspace.config)(owner as string | undefined) ??
          undefined,
        opened_at: at,
        history: [{ at, by: machine, to: 'new' }, ...(owner ? [{ at, by: machine, owner }] : [])],
      },
      { title: `renewal ${data.number ?? ''}`, id },
      tools,
    );
    changes.push(kase);
    renewed.push({ agreement: ref, case: kase.ref, notice: renewal.notice });
  }
  return { changes, renewed };
}

/** Ids of agreements that an open case of the kind is about. */
function agreementsInHand(index: Index): Set<string> {
  const cases = index.openCases() as unknown as StoredRecord<Case>[];
  return new Set(
    cases
      .filter(({ data }) => data.type === renewalType)
      .flatMap(({ data }) => idOfRef(data.agreement ?? '') ?? []),
  );
}
