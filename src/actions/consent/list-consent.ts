import type { Consent } from '../../domain/consent/consent.js';
import { basisOf } from '../../domain/consent/standings.js';
import { ItacaError } from '../../domain/error.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import { refuseUnknownPurpose, saidAt } from './say-consent.js';
import { namedWording } from './wordings.js';

/** What everybody in a list agreed to, as it was typed. */
export interface ListConsentInput {
  purpose: string;
  /** The text that all of them were shown. */
  wording: string;
  /** When they said so, as a person types it; now where absent. */
  at?: string;
}

/**
 * The entry that everybody in a list gets, and the change that keeps the text they were shown.
 * @param source where they said so
 * @throws ItacaError as `consent give`
 */
export function listConsent(
  { purpose, wording, at }: ListConsentInput,
  source: string,
  tools: Tools,
): { entry: Consent; change: Change } {
  const { workspace } = tools;
  refuseUnknownPurpose(purpose, workspace);
  const { sha256, change } = namedWording(wording, purpose, workspace);
  const entry: Consent = {
    purpose,
    channel: 'email',
    basis: basisOf(purpose, workspace.config.purposes ?? {}) as Consent['basis'],
    state: 'given',
    at: saidAt(at, tools),
    wording_sha256: sha256,
    source,
    by: tools.actor,
  };
  return { entry, change };
}

/**
 * Refuses a consent of firms, deals or activities.
 * @throws ItacaError `usage`
 */
export function refuseNoPeople(object: string | undefined): void {
  if (object === undefined || object === 'contact') return;
  throw new ItacaError('usage', '--consent is for lists of people', { hint: 'leave it out' });
}
