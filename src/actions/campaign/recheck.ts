import type { Objection } from '../../domain/campaigns/left-out.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import { planSend, type Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import { kinds } from '../../domain/records/kind-names.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { CampaignPlan } from './plan-campaign.js';
import { currentHolds, decisiveKinds, refuseUnreadable } from './world.js';

/** All folders are looked at again this often while a send runs, in milliseconds. */
const fullLookMs = 3000;

/**
 * Reads again, as each batch is about to leave, what may forbid its messages: suppressions, agreements, cases and
 * orders, and the batch's own contacts. An unsubscribe filed while the send runs takes effect.
 * @returns a function: recipients → who must not get the message any more, by id of the contact
 */
export function recheckOf(workspace: Workspace, { campaign, bodies }: CampaignPlan) {
  let looked = performance.now();
  return async (batch: readonly Recipient[]): Promise<ReadonlyMap<string, Objection>> => {
    const full = performance.now() - looked > fullLookMs;
    const index = await workspace.look(full ? kinds : decisiveKinds);
    if (full) looked = performance.now();
    const out = new Map<string, Objection>();
    const candidates: Candidate[] = [];
    const paths = new Set<string>();
    for (const recipient of batch) {
      const record = index.get(recipient.contact);
      const row = record && (await workspace.reread(record));
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
      paths.add(record.path);
      candidates.push({ id: record.id, ref: record.ref, data: JSON.parse(row.data) as Candidate['data'] });
    }
    refuseUnreadable(index, paths);
    const plan = planSend({
      campaign: campaign.data,
      candidates,
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
      if (reason !== 'same_person') out.set(contact, { reason, detail });
    }
    return out;
  };
}
