import type { Candidate } from '../../domain/campaigns/persons.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { standing } from '../../domain/consent/standing.js';
import { consentsOfAll } from '../../domain/consent/stricter.js';
import { ItacaError } from '../../domain/error.js';
import { endOf } from '../../domain/time/clock.js';
import type { RenderedMessage } from '../../mail/render.js';
import { trackedMessage } from '../../mail/tracking.js';
import type { Workspace } from '../../workspace/workspace.js';
import { linkKeyOf } from './link-key.js';
import { mergedForSend } from './merged.js';
import type { CampaignPlan } from './plan-campaign.js';

/** The purpose to which a person must have said yes before the links of his messages tell of him. */
const purpose = 'tracking';

/** Signs the links of one message, where its reader agreed to that; else gives the message as it is. */
export type Tracker = (
  recipient: Recipient,
  token: string,
  message: RenderedMessage,
  keep: readonly (string | undefined)[],
) => RenderedMessage;

/**
 * What signs the links of a campaign's messages; undefined where `mail.tracking` is not configured.
 * @throws ItacaError `refused` where somebody's links are to be signed and there is no key
 */
export async function trackerOf(
  workspace: Workspace,
  { plan: { recipients } }: CampaignPlan,
  environment: NodeJS.ProcessEnv,
): Promise<Tracker | undefined> {
  const tracking = workspace.config.mail?.tracking;
  if (!tracking) return undefined;
  const agreed = await agreedToTracking(workspace);
  const key = await linkKeyOf(workspace.config, environment);
  if (!key) {
    if (!recipients.some(agreed)) return undefined;
    throw new ItacaError('refused', 'mail.tracking is set, and there is no key to sign links with', {
      path: 'itaca.yaml',
      hint: 'set ITACA_LINK_KEY or mail.tracking.key_command, or take mail.tracking out',
    });
  }
  const pixel = tracking.pixel === true;
  return (recipient, token, message, keep) =>
    agreed(recipient) ? trackedMessage(message, { ...key, token, keep, pixel }) : message;
}

/**
 * Tells whether a recipient agreed to be known by the links that he follows. Asked as each message leaves, by what is on
 * file then; a no under any record with his address counts.
 */
export async function agreedToTracking(workspace: Workspace): Promise<(recipient: Recipient) => boolean> {
  const { config, clock } = workspace;
  const index = await workspace.index();
  const merges = mergedForSend(index);
  const isPurpose = (name: string) => name === purpose || name in (config.purposes ?? {});
  const over = (when: string) => (endOf(when, clock.timeZone) ?? Number.POSITIVE_INFINITY) <= clock.now();
  return ({ contact, canonical }) => {
    const own = index.get(contact);
    const others = index.byKey('email', canonical, ['contact']).filter(({ id }) => id !== contact);
    const consents = [...(own ? [own] : []), ...others].flatMap((record) => {
      const { data, merged = [] } = merges.candidate(record as unknown as Candidate);
      return consentsOfAll(
        data.consents ?? [],
        merged.map((one) => ({ consents: one.data.consents ?? [], at: one.at })),
      );
    });
    return standing(consents, purpose, 'email', over, isPurpose).state === 'given';
  };
}
