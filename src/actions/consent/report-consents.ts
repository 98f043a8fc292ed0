import { basisOf, lacksProof, type StandingWord, standingTowards } from '../../domain/consent/standings.js';
import type { Contact } from '../../domain/contacts/contact.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { consentReader, standingRules } from './consents-of.js';
import { wordingOf } from './wordings.js';

/** How many people stand how towards a purpose, in the keys of `--json`. Everybody is counted under one of the states. */
export interface PurposeCounts extends Record<StandingWord, number> {
  purpose: string;
  basis: string;
  /** Of those who said yes and may be written to: whose yes nothing proves. */
  without_proof: number;
}

/** Somebody whose yes ends soon, or cannot be proven. */
export interface ConsentConcern {
  ref: string;
  name: string;
  purpose: string;
  why: 'expiring' | 'without_proof';
  since: string;
  until: string | null;
}

export interface ConsentReport {
  channel: string;
  purposes: PurposeCounts[];
  people: ConsentConcern[];
}

/**
 * Counts how people stand towards each purpose on a channel, and names those whose yes ends within a month, or rests on
 * nothing that is on file.
 */
export async function reportConsents(workspace: Workspace, channel: string): Promise<ConsentReport> {
  const index = await workspace.index();
  const said = consentReader(index);
  const rules = standingRules(workspace);
  // Whoever said nothing is only counted.
  const spoke = index.select(
    `r.kind = 'contact' and (instr(r.data, '"consents":') > 0 or instr(r.data, '"merged_from":') > 0)`,
    [],
  ) as unknown as StoredRecord<Contact>[];
  const everybody = index.ids('contact', '').length;
  const words = spoke.map((contact) => ({ contact, consents: said(contact) }));
  const names = new Set([
    ...Object.keys(rules.purposes),
    ...words.flatMap(({ consents }) => consents.map(({ purpose }) => purpose)),
  ]);
  const isKept = new Map<string, boolean>();
  const keeps = (hash: string) => {
    const known = isKept.get(hash) ?? wordingOf(workspace.root, hash) !== undefined;
    isKept.set(hash, known);
    return known;
  };
  const people: ConsentConcern[] = [];
  const purposes = [...names].sort().map((purpose): PurposeCounts => {
    const counts = countsOf(purpose, basisOf(purpose, rules.purposes), everybody - words.length);
    for (const { contact, consents } of words) {
      const { state, consent } = standingTowards(consents, purpose, channel, rules);
      counts[state]++;
      if (consent === undefined || (state !== 'given' && state !== 'expiring')) continue;
      const { ref, title: name } = contact;
      const shared = { ref, name, purpose, since: consent.at, until: consent.until ?? null };
      const { evidence, wording_sha256: wording } = consent;
      const shown = wording !== undefined && keeps(wording);
      const unproven = lacksProof({ ...consent, wording_sha256: shown ? wording : undefined, evidence });
      if (unproven) counts.without_proof++;
      if (state === 'expiring') people.push({ ...shared, why: 'expiring' });
      if (unproven) people.push({ ...shared, why: 'without_proof' });
    }
    return counts;
  });
  return { channel, purposes, people };
}

function countsOf(purpose: string, basis: string, unknown: number): PurposeCounts {
  return {
    purpose,
    basis,
    given: 0,
    expiring: 0,
    expired: 0,
    refused: 0,
    withdrawn: 0,
    unknown,
    without_proof: 0,
  };
}
