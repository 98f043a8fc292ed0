import type { Recipient } from '../../domain/campaigns/plan.js';
import { ItacaError } from '../../domain/error.js';
import { TemplateValueError } from '../../mail/liquid.js';
import { missingHint, missingText } from '../../mail/render.js';
import type { Composer, PlacedFault } from './compose.js';
import type { CampaignPlan } from './plan-campaign.js';
import { type CampaignProblem, problemFrom } from './problems.js';

/** A problem of a campaign, in the keys of `--json`. */
export interface Finding extends CampaignProblem {
  /** Reference of the contact whose message it is about; null where it is about everybody's. */
  contact: string | null;
  /** The merge tag that has no value for him. */
  tag: string | null;
}

/** A problem that is no single person's. */
export function aboutAll(problem: CampaignProblem): Finding {
  return { ...problem, contact: null, tag: null };
}

/** What is wrong with the messages: once where it is wrong with all of a body, else for each person. */
export function messageFindings(
  { campaign, plan: { recipients } }: Pick<CampaignPlan, 'campaign' | 'plan'>,
  composer: Composer,
): Finding[] {
  const findings: Finding[] = [];
  const readers = new Map<string, number>();
  const shared = new Map<string, { fault: PlacedFault; body: string; who: Recipient[] }>();
  for (const recipient of recipients) {
    const { body } = recipient;
    readers.set(body, (readers.get(body) ?? 0) + 1);
    const { faults, stops } = lookedThrough(recipient, composer);
    for (const stop of stops) findings.push({ ...stop, path: stop.path || campaign.path });
    for (const fault of faults) {
      const key = `${body}\0${fault.message}`;
      const entry = shared.get(key) ?? { fault, body, who: [] };
      entry.who.push(recipient);
      shared.set(key, entry);
    }
  }
  for (const { fault, body, who } of shared.values()) {
    const { severity, message, path, line = null } = fault;
    const finding = aboutAll({ severity, path, line, column: null, message, hint: null });
    if (who.length === readers.get(body)) findings.push(finding);
    else findings.push(...who.map((one) => about(one, finding)));
  }
  return findings;
}

/** What is wrong with one person's message, and what keeps it from being made. */
function lookedThrough(
  recipient: Recipient,
  composer: Composer,
): { faults: PlacedFault[]; stops: Finding[] } {
  try {
    return { faults: composer.faults(recipient), stops: [] };
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    const { tags, faults } =
      error.cause instanceof TemplateValueError ? composer.missing(recipient) : { tags: [], faults: [] };
    if (tags.length === 0)
      return { faults, stops: [{ ...aboutAll(problemFrom(error, 'error')), contact: recipient.ref }] };
    const stops = tags.map(({ tag, path, line = null }) => {
      const problem = { path, line, column: null, message: missingText(tag), hint: missingHint(tag) };
      return { ...about(recipient, aboutAll({ severity: 'error', ...problem })), tag };
    });
    return { faults, stops };
  }
}

function about({ name, ref }: Recipient, finding: Finding): Finding {
  return { ...finding, message: `${name} (${ref}): ${finding.message}`, contact: ref };
}
