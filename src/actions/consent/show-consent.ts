import type { Consent } from '../../domain/consent/consent.js';
import { lacksProof, type PurposeStanding, standingsOf } from '../../domain/consent/standings.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { endOf, startOf } from '../../domain/time/clock.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { consentReader, standingRules } from './consents-of.js';
import { type Wording, wordingOf } from './wordings.js';

/** How a person stands towards a purpose, in the keys of `--json`. */
export interface ShownStanding extends Omit<PurposeStanding, 'consent'> {
  /** When he said so; null where he said nothing. */
  since: string | null;
  until: string | null;
  /** What proves it: the text he was shown, what he signed, both; `none` for a yes that nothing proves. */
  proof: 'wording' | 'evidence' | 'wording and evidence' | 'none' | null;
  /** Where the text is kept that he was shown; null where it is not. */
  wording: string | null;
  wording_sha256: string | null;
  evidence: string | null;
  source: string | null;
  third_parties: Consent['third_parties'] | null;
  by: string | null;
}

export interface ShownConsent {
  contact: StoredRecord<Contact>;
  standings: ShownStanding[];
  /** All that he said up to then, in the order of the record. */
  said: Consent[];
  /** The texts that he was shown, each once. */
  wordings: Wording[];
}

/**
 * How a person stands towards every purpose, with what proves it.
 * @param on a day as a person types it: as it was at its end; now where absent
 * @throws ItacaError `not_found`
 */
export async function showConsent(
  who: string,
  on: string | undefined,
  workspace: Workspace,
): Promise<ShownConsent> {
  const { clock, root } = workspace;
  const contact = await findRecord<Contact>(workspace, who, ['contact']);
  const at = on === undefined ? clock.now() : momentOn(on, workspace);
  const said = consentReader(await workspace.index())(contact).filter(
    (one) => (startOf(one.at, clock.timeZone) ?? 0) <= at,
  );
  const standings = standingsOf(said, standingRules(workspace, at)).map((one) => shown(one, root));
  const hashes = new Set(standings.flatMap(({ wording_sha256: hash }) => hash ?? []));
  return {
    contact,
    standings,
    said,
    wordings: [...hashes].flatMap((hash) => wordingOf(root, hash) ?? []),
  };
}

/** The last moment of a day, or the moment of a time. */
function momentOn(on: string, { clock }: Workspace): number {
  const when = parseWhen(on, clock);
  return (endOf(when, clock.timeZone) ?? clock.now()) - (when.length === 10 ? 1 : 0);
}

function shown({ consent, ...standing }: PurposeStanding, root: string): ShownStanding {
  return {
    ...standing,
    since: consent?.at ?? null,
    until: consent?.until ?? null,
    proof: consent === undefined ? null : proofOf(consent),
    wording: wordingOf(root, consent?.wording_sha256)?.path ?? null,
    wording_sha256: consent?.wording_sha256 ?? null,
    evidence: consent?.evidence ?? null,
    source: consent?.source ?? null,
    third_parties: consent?.third_parties ?? null,
    by: consent?.by ?? null,
  };
}

function proofOf(consent: Consent): ShownStanding['proof'] {
  const { wording_sha256: wording, evidence } = consent;
  if (wording !== undefined && evidence) return 'wording and evidence';
  if (wording !== undefined) return 'wording';
  if (evidence) return 'evidence';
  return lacksProof(consent) ? 'none' : null;
}
