import type { Candidate } from '../../domain/campaigns/persons.js';
import type { Recipient } from '../../domain/campaigns/plan.js';
import { type LinkKey, trackingPurpose } from '../../domain/campaigns/tracking.js';
import type { Config } from '../../domain/config/config.js';
import { standing } from '../../domain/consent/standing.js';
import { consentsOfPerson } from '../../domain/consent/stricter.js';
import { ItacaError } from '../../domain/error.js';
import { endOf } from '../../domain/time/clock.js';
import type { RenderedMessage } from '../../mail/render.js';
import { type Tracking, trackedMessage } from '../../mail/tracking.js';
import type { Workspace } from '../../workspace/workspace.js';
import { linkKeyOf } from './link-key.js';
import { mergedForSend } from './merged.js';

/** How links are signed; the key may be missing, which only matters once somebody agreed. */
export interface LinkSigning {
  key: LinkKey | undefined;
  pixel: boolean;
}

/** What signs the links of messages; undefined where `mail.tracking` is not configured. */
export async function linkSigningOf(
  config: Config,
  environment: NodeJS.ProcessEnv,
): Promise<LinkSigning | undefined> {
  const tracking = config.mail?.tracking;
  return tracking && { key: await linkKeyOf(config, environment), pixel: tracking.pixel === true };
}

/**
 * The key for the links of somebody who agreed.
 * @throws ItacaError `refused` where there is none
 */
export function requireLinkKey(signing: LinkSigning | undefined): LinkKey {
  if (signing?.key) return signing.key;
  throw new ItacaError('refused', 'mail.tracking is set, and there is no key to sign links with', {
    path: 'itaca.yaml',
    hint: 'set ITACA_LINK_KEY or mail.tracking.key_command, or take mail.tracking out',
  });
}

/** The message of somebody who agreed, with its links signed for him. */
export function withSignedLinks(
  message: RenderedMessage,
  signing: LinkSigning | undefined,
  one: Pick<Tracking, 'token' | 'keep'>,
): RenderedMessage {
  return trackedMessage(message, { ...requireLinkKey(signing), ...one, pixel: signing?.pixel === true });
}

/**
 * Tells whether a recipient agreed to be known by the links that he follows. Asked as each message leaves, by what is on
 * file then; a no under any record with his address counts.
 */
export async function agreedToTracking(workspace: Workspace): Promise<(recipient: Recipient) => boolean> {
  const { config, clock } = workspace;
  const index = await workspace.index();
  const merges = mergedForSend(index);
  const isPurpose = (name: string) => name === trackingPurpose || name in (config.purposes ?? {});
  const over = (when: string) => (endOf(when, clock.timeZone) ?? Number.POSITIVE_INFINITY) <= clock.now();
  return ({ contact, canonical }) => {
    const own = index.get(contact);
    const others = index.byKey('email', canonical, ['contact']).filter(({ id }) => id !== contact);
    const consents = [...(own ? [own] : []), ...others].flatMap((record) =>
      consentsOfPerson(merges.candidate(record as unknown as Candidate)),
    );
    return standing(consents, trackingPurpose, 'email', over, isPurpose).state === 'given';
  };
}
