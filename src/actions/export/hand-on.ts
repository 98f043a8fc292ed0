import { join } from 'node:path';
import { overAt } from '../../domain/campaigns/moment.js';
import { consentsOfAll } from '../../domain/consent/stricter.js';
import {
  type HandingOn,
  type HandOnObjection,
  handedOnKeys,
  handOnCoverage,
} from '../../domain/consent/third-parties.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import { indexSuppressions } from '../../domain/suppression/match.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import { isoDate } from '../../domain/time/clock.js';
import { appendLines } from '../../workspace/append-lines.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { addressHmac, phoneHmacs } from '../address-hmac.js';
import { mergedForSend } from '../campaign/merged.js';
import { refuseUnreadable, trusted } from '../campaign/world.js';
import { cloneName } from '../clone-name.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';

/** The folder of the ledgers of what went to third parties, in the workspace. */
export const handedOnFolder = 'exports';

/** A person went to a third party: what answers him who asks to whom his data went (GDPR art. 15(1)(c), 19). */
export interface HandedOnLine {
  id: string;
  event: 'handed_on';
  /** ISO 8601. */
  at: string;
  /** Reference of the contact. */
  contact: string;
  to: string;
  /** Of the consent that covers it, and when that was given. */
  purpose: string;
  consent_at: string;
  format: string;
  /** Of the file that he is in. */
  file_sha256: string;
  by: string;
}

/** Who is handed on by what consent, and who is not. */
export interface HandOnPlan {
  /** By id of the contact. */
  covered: Map<string, { ref: string; purpose: string; consent_at: string }>;
  leftOut: { ref: string; name: string; reason: HandOnObjection }[];
}

/**
 * Works out who of some people may go to a third party, as their consents and the suppressions stand now.
 * @throws ItacaError `usage` where one of them is no person, `refused` where a record that might forbid it cannot be read
 */
export function planHandOn(
  people: Iterable<StoredRecord>,
  handing: HandingOn,
  index: Index,
  workspace: Workspace,
): HandOnPlan {
  const plan: HandOnPlan = { covered: new Map(), leftOut: [] };
  const judge = judgeOf(handing, index, workspace);
  const seen: { id: string; path: string }[] = [];
  for (const person of people) {
    const { id, kind, ref, path, title } = person;
    if (kind !== 'contact')
      throw new ItacaError('usage', `only people go to a third party, and ${ref} is a ${kind}`, {
        hint: 'leave kind: out of the query',
      });
    seen.push({ id, path });
    const found = judge(person);
    if (typeof found === 'string') plan.leftOut.push({ ref, name: title, reason: found });
    else plan.covered.set(id, { ref, purpose: found.purpose, consent_at: found.at });
  }
  refuseUnreadable(index, trusted(index, seen));
  return plan;
}

function judgeOf(handing: HandingOn, index: Index, workspace: Workspace) {
  const { config, clock } = workspace;
  const { candidate } = mergedForSend(index);
  const rules = {
    over: overAt(new Date(clock.now()).toISOString()),
    isPurpose: (purpose: string) => purpose in (config.purposes ?? { [purpose]: true }),
  };
  const suppressions = indexSuppressions(
    (index.list({ kinds: ['suppression'] }) as unknown as StoredRecord<Suppression>[]).map(
      ({ data }) => data,
    ),
    {
      canonicalEmail,
      // Whatever it is that he does not want of us, he does not want it of others.
      isPurpose: () => false,
      hmac: (canonical) => addressHmac(canonical, config.salt),
      phoneHmacs: (contact) => phoneHmacs(contact, workspace),
    },
  );
  return (person: StoredRecord) => {
    const { data, merged = [] } = candidate(person as never);
    const addresses = [data, ...merged.map((one) => one.data)].flatMap(({ emails = [] }) =>
      emails.map((email) => String(typeof email === 'string' ? email : email.address)),
    );
    const said = [
      ...addresses.flatMap((address) =>
        suppressions.find(canonicalEmail(address) ?? address.toLowerCase(), ''),
      ),
      ...suppressions.ofPerson(data),
    ];
    if (said.some(({ reason }) => reason !== 'hard_bounce')) return 'suppressed' as const;
    const consents = consentsOfAll(
      data.consents ?? [],
      merged.map((one) => ({ consents: one.data.consents ?? [], at: one.at })),
    );
    return handOnCoverage(consents, handing, rules);
  };
}

/** Those of some records who are covered, with no more than a third party gets of them. */
export function* handedOn(people: Iterable<StoredRecord>, plan: HandOnPlan): Generator<StoredRecord> {
  for (const person of people) {
    if (!plan.covered.has(person.id)) continue;
    const kept = Object.entries(person.data).filter(([key]) => handedOnKeys.includes(key));
    yield { ...person, data: Object.fromEntries(kept), note: '' };
  }
}

/** Puts on record who went to a third party in a file. Call it while holding the lock. */
export async function recordHandOn(
  plan: HandOnPlan,
  file: { to: string; format: string; file_sha256: string },
  tools: Tools,
): Promise<void> {
  const { workspace, clock, actor } = tools;
  const at = nowIso(tools);
  const { to, ...of } = file;
  const lines = [...plan.covered.values()].map(
    ({ ref, purpose, consent_at }): Omit<HandedOnLine, 'id'> => ({
      ...{ event: 'handed_on', at, contact: ref, to, purpose, consent_at, ...of, by: actor },
    }),
  );
  const path = `${handedOnFolder}/${isoDate(clock.now(), clock.timeZone)}-${await cloneName(workspace)}.jsonl`;
  await appendLines(join(workspace.root, path), lines);
  const records = [...plan.covered.keys()];
  await write(
    [],
    { subject: `export ${file.format}: ${lines.length} handed on`, also: [path], records },
    tools,
  );
}
