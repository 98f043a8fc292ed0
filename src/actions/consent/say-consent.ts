import { existsSync } from 'node:fs';
import type { Consent } from '../../domain/consent/consent.js';
import {
  basisOf,
  isKnownPurpose,
  lacksProof,
  type PurposeStanding,
  standingsOf,
  standingTowards,
} from '../../domain/consent/standings.js';
import type { Contact } from '../../domain/contacts/contact.js';
import { ItacaError } from '../../domain/error.js';
import { sameValue } from '../../domain/records/same-value.js';
import { endOf, startOf } from '../../domain/time/clock.js';
import { parsePast } from '../../domain/time/parse-past.js';
import { parseWhen } from '../../domain/time/parse-when.js';
import { listed } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { attach } from '../attach.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import { refuseStranger } from '../refuse-stranger.js';
import { suppressionsOf } from '../suppressions.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { consentReader, standingRules } from './consents-of.js';
import { namedWording, type Wording } from './wordings.js';

/** What a person said, as it was typed. */
export interface ConsentInput {
  who: string;
  /** May be absent where everything that was given is withdrawn. */
  purpose?: string;
  /** A channel; all of them where absent. */
  channel?: string;
  basis?: Consent['basis'];
  /** A file, or the name of a text that is kept. */
  wording?: string;
  /** A file, or in words where the paper lies. */
  evidence?: string;
  source?: string;
  until?: string;
  /** Names of third parties, or `true` for any. */
  thirdParties?: true | string[];
  /** When it was said, as a person types it; now where absent. */
  at?: string;
  by?: string;
}

export interface ConsentOutcome {
  contact: StoredRecord<Contact>;
  /** What was added; none where all of it was on file already. */
  added: Consent[];
  /** How the person stands now towards what he spoke about. */
  standings: PurposeStanding[];
  wording: Wording | undefined;
  /** When what was added ended, where that is past. */
  ended?: string;
}

/**
 * Puts on file what a person said about messages of a purpose: an entry at the end of his `consents`, which nothing ever
 * changes. One commit, with the text he was shown and what proves his word.
 * @throws ItacaError `usage` for a purpose that `itaca.yaml` does not list, a time still to come, an end before the beginning
 */
export async function sayConsent(
  state: Consent['state'],
  input: ConsentInput,
  tools: Tools,
): Promise<ConsentOutcome> {
  const { workspace } = tools;
  const contact = await findRecord<Contact>(workspace, input.who, ['contact']);
  if (input.purpose !== undefined) refuseUnknownPurpose(input.purpose, workspace);
  refuseStranger(input.by, tools);
  const said = consentReader(await workspace.index())(contact);
  const purposes = input.purpose === undefined ? givenBy(contact, said, workspace) : [input.purpose];
  const [first = ''] = purposes;
  const wording = input.wording === undefined ? undefined : namedWording(input.wording, first, workspace);
  const proof = proofOf(input.evidence, tools);
  const at = saidAt(input.at, tools);
  const until = endsAt(input.until, at, tools);
  const shared = {
    at,
    until,
    wording_sha256: wording?.sha256,
    source: input.source,
    ...proof.entry,
    third_parties: input.thirdParties,
    by: input.by ?? tools.actor,
  };
  const entries = purposes.map((purpose): Consent => {
    const basis = input.basis ?? (basisOf(purpose, workspace.config.purposes ?? {}) as Consent['basis']);
    return clean({ purpose, channel: input.channel, basis, state, ...shared });
  });
  const added = entries.filter((entry) => !said.some((known) => sameValue(known, entry)));
  const { id, path } = contact;
  const word = { given: 'give', refused: 'refuse', withdrawn: 'withdraw' }[state];
  if (added.length > 0)
    await write(
      [
        { op: 'update', kind: 'contact', id, path, set: {}, append: { consents: added } },
        ...(wording ? [wording.change] : []),
      ],
      { subject: `consent ${word} ${id}`, also: proof.keep() },
      tools,
    );
  const rules = standingRules(workspace);
  const all = [...said, ...added];
  const standings = entries.map(({ purpose, channel }) =>
    standingTowards(all, purpose, channel ?? null, rules),
  );
  if (state === 'given') await warnOfGiven(contact, entries, standings, tools);
  const ended = added.length > 0 && until !== undefined && hasPassed(until, tools);
  return { contact, added, standings, wording, ...(ended ? { ended: until } : {}) };
}

/** What a person has said yes to, of whatever channel. */
function givenBy({ title }: StoredRecord<Contact>, said: readonly Consent[], workspace: Workspace): string[] {
  const given = standingsOf(said, standingRules(workspace)).filter(
    ({ consent }) => consent?.state === 'given',
  );
  const purposes = [...new Set(given.map(({ purpose }) => purpose))];
  if (purposes.length > 0) return purposes;
  throw new ItacaError('usage', `no consent of ${title} is on file that could be withdrawn`, {
    hint: 'say what for: --purpose newsletter',
  });
}

/**
 * Refuses a purpose that `itaca.yaml` does not list, where it lists any.
 * @throws ItacaError `usage`, naming those there are
 */
export function refuseUnknownPurpose(purpose: string, { config }: Workspace): void {
  const { purposes = {} } = config;
  if (isKnownPurpose(purpose, purposes)) return;
  throw new ItacaError('usage', `itaca.yaml knows no purpose "${purpose}"`, {
    hint: `its purposes are: ${Object.keys(purposes).join(', ')}`,
  });
}

/**
 * When something was said, as a record writes it.
 * @throws ItacaError `usage` for a time still to come
 */
export function saidAt(at: string | undefined, tools: Tools): string {
  if (at === undefined) return nowIso(tools);
  const { clock } = tools;
  const said = parsePast(at, clock, tools.warn);
  if ((startOf(said, clock.timeZone) ?? Number.POSITIVE_INFINITY) > clock.now())
    throw new ItacaError('usage', `--at ${at} is still to come`, { hint: 'nobody has said it yet' });
  return said;
}

/**
 * When it ends: a length of time counts from when it was said. It may be past, as of what is moved in from elsewhere.
 * @throws ItacaError `usage` for an end before the beginning
 */
function endsAt(until: string | undefined, at: string, { clock, warn }: Tools): string | undefined {
  if (until === undefined) return undefined;
  const said = startOf(at, clock.timeZone) ?? clock.now();
  const isLength = /^\s*[+-]?(?:\d+\s*[a-z]|p)/i.test(until);
  const end = parseWhen(until, isLength ? { ...clock, now: () => said } : clock, warn);
  if ((endOf(end, clock.timeZone) ?? 0) <= said)
    throw new ItacaError('usage', `--until ${until} is before ${at}, when it was said`, {
      hint: 'say with --at when it was said',
    });
  return end;
}

function hasPassed(when: string, { clock }: Tools): boolean {
  return (endOf(when, clock.timeZone) ?? 0) <= clock.now();
}

/** A file to be kept with its hash, or words that say where the paper lies. */
function proofOf(
  evidence: string | undefined,
  tools: Tools,
): { entry: Pick<Consent, 'evidence' | 'evidence_sha256'>; keep(): string[] } {
  if (evidence === undefined) return { entry: {}, keep: () => [] };
  // Words have a space in them; what has none is a file, and a slip of the pen in its name must not pass for words.
  if (!existsSync(evidence) && /\S\s+\S/.test(evidence)) return { entry: { evidence }, keep: () => [] };
  const { attachments, keep } = attach([evidence], tools);
  const [file] = attachments;
  return {
    entry: file ? { evidence: file.path, evidence_sha256: file.sha256 } : {},
    keep,
  };
}

/** A yes that does not hold, is not proven, or opens nothing. */
async function warnOfGiven(
  { title, data }: StoredRecord<Contact>,
  entries: readonly Consent[],
  standings: readonly PurposeStanding[],
  tools: Tools,
): Promise<void> {
  const { workspace } = tools;
  for (const { purpose, state, consent } of standings) {
    if (consent && consent.state !== 'given')
      tools.warn(
        `${title} still counts as ${state} for ${purpose}: the word of ${consent.at} is a later one`,
      );
  }
  if (entries.some(lacksProof))
    tools.warn('nothing proves this consent: --wording <what was shown>, --evidence <what was signed>');
  for (const address of listed(data.emails, 'address')) {
    const scopes = entries.map(({ purpose }) => purpose);
    const [found] = (await suppressionsOf(workspace, address).catch(() => [])).filter(
      ({ data: { scope = 'all' } }) => scope === 'all' || scopes.includes(scope),
    );
    if (found)
      tools.warn(
        `${address} is suppressed (${found.data.reason}), so nothing goes there all the same; if he wants it again: itaca suppress rm ${address}`,
      );
  }
}

function clean(entry: { [K in keyof Consent]: Consent[K] | undefined }): Consent {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Consent;
}
