import type { Objection } from '../../domain/campaigns/left-out.js';
import type { Candidate } from '../../domain/campaigns/persons.js';
import { plannerOf, type Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import { kinds } from '../../domain/records/kind-names.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type MergedForSend, mergedForSend } from './merged.js';
import type { CampaignPlan } from './plan-campaign.js';
import { addressRulesOf, currentHolds, decisiveKinds, refuseUnreadable, trusted } from './world.js';

/** All folders are looked at again this often while a send runs, in milliseconds. */
const fullLookMs = 3000;

/** What is worked out from the records that may forbid a message holds so long, in milliseconds: a deadline may pass. */
const holdsStandMs = 10_000;

/** Looking takes at most one part in so many of the time a send takes, however many records there are. */
const shareOfLooking = { decisive: 5, all: 20 };

/** What the records say at one moment. */
interface Standing {
  index: Index;
  generation: string;
  /** By `performance.now()`. */
  since: number;
  merges: MergedForSend;
  plan: ReturnType<typeof plannerOf>;
  /** Whether any record at all is broken. */
  broken: boolean;
}

/**
 * Reads again, as each batch is about to leave, what may forbid its messages: suppressions, agreements, cases and
 * orders, and the batch's own contacts. An unsubscribe filed while the send runs takes effect.
 * @returns a function: recipients → who must not get the message any more, by id of the contact
 */
export function recheckOf(
  workspace: Workspace,
  { campaign, bodies, plan: { recipients } }: Pick<CampaignPlan, 'campaign' | 'bodies' | 'plan'>,
) {
  const decisive = pacedLook(0, shareOfLooking.decisive);
  const all = pacedLook(fullLookMs, shareOfLooking.all);
  let standing: Standing | undefined;

  async function look(): Promise<Standing> {
    if (!(await all(() => workspace.look(kinds)))) await decisive(() => workspace.look(decisiveKinds));
    const index = await workspace.index();
    const generation = index.generation();
    const now = performance.now();
    if (standing?.generation === generation && now - standing.since < holdsStandMs) return standing;
    const merges = mergedForSend(index);
    standing = {
      index,
      generation,
      since: now,
      merges,
      broken: index.problems().length > 0,
      plan: plannerOf({
        campaign: campaign.data,
        ...currentHolds(workspace, index),
        addressRules: addressRulesOf(campaign.data, workspace),
        bodies: [...bodies.keys()],
        workspaceLanguages: workspace.config.languages ?? [],
        // The journal itself knows what this send has sent.
        sent: [],
        sameContent: [],
        history: [],
        limits: [],
      }),
    };
    return standing;
  }

  return async (batch: readonly Recipient[]): Promise<ReadonlyMap<string, Objection>> => {
    let { index, merges, plan, broken } = await look();
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
        await workspace.look(kinds);
        ({ index, merges, plan, broken } = await look());
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
    if (broken) refuseUnreadable(index, trusted(index, concerned));
    for (const { contact, reason, detail } of plan(candidates.map(merges.candidate)).leftOut) {
      // Persons were told apart over the whole audience; a batch alone says nothing new about that.
      if (reason !== 'same_person') out.set(under.get(contact) ?? contact, { reason, detail });
    }
    return out;
  };
}

/**
 * Looks, but at most so often, and so seldom that looking stays a small part of the time.
 * @returns a function that says whether it looked
 */
function pacedLook(everyMs: number, share: number): (work: () => Promise<unknown>) => Promise<boolean> {
  let ended = performance.now();
  let took = 0;
  return async (work) => {
    const began = performance.now();
    if (began - ended < Math.max(everyMs, took * share)) return false;
    await work();
    ended = performance.now();
    took = ended - began;
    return true;
  };
}

/** Whether another recipient is the same person by now, and goes before this one. */
function wouldBeTwice(index: Index, recipient: Recipient, recipients: readonly Recipient[]): boolean {
  const survivor = index.get(recipient.contact)?.id;
  const same = recipients.filter(({ contact }) => index.get(contact)?.id === survivor);
  return (same.find(({ contact }) => contact === survivor) ?? same[0])?.contact !== recipient.contact;
}
