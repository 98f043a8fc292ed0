import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { officeOf } from '../reports/offices.js';
import { type Bodies, readBodies } from './bodies.js';
import { likeness, textsOf } from './campaign-texts.js';
import type { CampaignPlan } from './plan-campaign.js';

/** A campaign of another office that is about to tell the same people the same. */
export interface AlikeDraft {
  office: string | null;
  title: string;
  state: Campaign['state'];
  /** `same`, or how much of the text is the same, in per cent. */
  like: 'same' | number;
  /** So many people would get both. */
  people: number;
}

const unsent = new Set<Campaign['state']>(['draft', 'approved', 'sending', 'paused']);

/** Campaigns of other offices with the same text or nearly the same, that are not yet sent to people who get this one. */
export async function alikeDrafts(plan: CampaignPlan, workspace: Workspace): Promise<AlikeDraft[]> {
  const index = await workspace.index();
  const ofMember = officeOf(workspace.config);
  const officeFor = ({ office, requested_by }: Campaign) => office ?? ofMember(requested_by);
  const mine = officeFor(plan.campaign.data);
  const texts = textsOf(plan.campaign.data, plan.bodies, workspace);
  const recipients = new Set(plan.plan.recipients.map(({ contact }) => contact));
  const found: AlikeDraft[] = [];
  for (const { id, path, data } of index.list({
    kinds: ['campaign'],
  }) as unknown as StoredRecord<Campaign>[]) {
    const office = officeFor(data);
    if (id === plan.campaign.id || office === mine || !unsent.has(data.state)) continue;
    const bodies = bodiesOrNone(workspace.root, path);
    const like = likeness(texts, textsOf(data, bodies, workspace));
    if (like === undefined) continue;
    const out = new Set((data.exclude ?? []).flatMap((query) => index.ids('contact', query)));
    const people = index
      .ids('contact', data.audience)
      .filter((contact) => recipients.has(contact) && !out.has(contact)).length;
    if (people > 0) found.push({ office, title: data.title, state: data.state, like, people });
  }
  return found;
}

/** A draft that cannot be read says nothing yet; whoever checks it is told. */
function bodiesOrNone(root: string, path: string): Bodies {
  try {
    return readBodies(root, path);
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    return new Map();
  }
}
