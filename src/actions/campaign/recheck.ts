import type { Objection } from '../../domain/campaigns/left-out.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import { planSend, type Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import { kinds } from '../../domain/records/kind-names.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { mergedForSend } from './merged.js';
import type { CampaignPlan } from './plan-campaign.js';
import { currentHolds, decisiveKinds, refuseUnreadable, trusted } from './world.js';

/** All folders are looked at again this often while a send runs, in milliseconds. */
const fullLookMs = 3000;

/**
 * Reads again, as each batch is about to leave, what may forbid its messages: suppressions, agreements, cases and
 * orders, and the batch's own contacts. An unsubscribe filed while the send runs takes effect.
 * @returns a function: recipients → who must not get the message any more, by id of the contact
 */
export function recheckOf(
  workspace: Workspace,
  { campaign, bodies, plan: { recipients } }: Pick<CampaignPlan, 'campaign' | 'bodies' | 'plan'>,
) {
  let looked = performance.now();
  return async (batch: readonly Recipient[]): Promise<ReadonlyMap<string, Objection>> => {
    const full = performance.now() - looked > fullLookMs;
    let index = await workspace.look(full ? kinds : decisiveKinds);
    if (full) looked = performance.now();
    const out = new Map<string, Objection>();
    const candidates: Candidate[] = [];
    const concerned: StoredRecord[] = [];
    /** The recipient's id by the contact's, which differ where it was merged since the plan was made. */
    const under = new Map<string, string>();
    for (const recipient of batch) {
      let record = index.get(recipient.contact);
      let row = record && (await workspace.reread(record));
      if (row?.data && JSON.parse(row.data).merged_into !== undefined) {
        // Merged while the send runs.
        index = await workspace.look(kinds);
        record = index.get(recipient.contact);
        row = record && (await workspace.reread(record));
      }
      if (!record || !row) {
        out.set(recipient.contact, { reason: 'excluded', detail: 'the contact is no longer on file' });
        continue;
      }
      const [problem] = row.problems;
      if (row.data === null || problem) {
        throw new ItacaError(
          'refused',
          `nothing is sent while this record cannot be trusted: ${problem?.message ?? ''}`,
          { path: record.path },
        );
      }
      if (record.id !== recipient.contact && wouldBeTwice(index, recipient, recipients)) {
        out.set(recipient.contact, { reason: 'same_person', detail: `was merged into ${record.ref}` });
        continue;
      }
      concerned.push(record);
      under.set(record.id, recipient.contact);
      const data = JSON.parse(row.data) as Candidate['data'];
      candidates.push({ id: record.id, ref: record.ref, data });
    }
    refuseUnreadable(index, trusted(index, concerned));
    const plan = planSend({
      campaign: campaign.data,
      candidates: candidates.map(mergedForSend(index).candidate),
      ...currentHolds(workspace, index),
      bodies: [...bodies.keys()],
      workspaceLanguages: workspace.config.languages ?? [],
      // The journal itself knows what this send has sent.
      sent: [],
      sameContent: [],
      history: [],
      limits: [],
    });
    for (const { contact, reason, detail } of plan.leftOut) {
      // Persons were told apart over the whole audience; a batch alone says nothing new about that.
      if (reason !== 'same_person') out.set(under.get(contact) ?? contact, { reason, detail });
    }
    return out;
  };
}

/** Whether another recipient is the same person by now, and goes before this one. */
function wouldBeTwice(index: Index, recipient: Recipient, recipients: readonly Recipient[]): boolean {
  const survivor = index.get(recipient.contact)?.id;
  const same = recipients.filter(({ contact }) => index.get(contact)?.id === survivor);
  return (same.find(({ contact }) => contact === survivor) ?? same[0])?.contact !== recipient.contact;
}
