import { isKnownPurpose } from '../../domain/consent/standings.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { domainFault, emailFault } from '../../domain/contacts/impossible.js';
import type { OwnRecord } from '../../domain/lists/own-record.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import type { BringInOptions, BringInReport, Refused } from './entry.js';
import { Session } from './session.js';

/**
 * Works out what our own export of suppressions changes here: what takes an address or a domain from all messages, or
 * from those of one purpose, with its reason and day. What stays of an erased address is a hash under the salt of its
 * workspace, which the export does not tell: only one that is on file is known to say anything here.
 */
export async function bringInOwnSuppressions(
  entries: Iterable<(OwnRecord & { line: number }) | Refused>,
  options: BringInOptions,
  tools: Tools,
): Promise<{ report: BringInReport; changes: Change[] }> {
  const session = await Session.open(options, tools);
  const { config } = tools.workspace;
  const known = new Map<string, string>();
  const hashes = new Map<string, string>();
  const index = await tools.workspace.index();
  for (const { data, ref } of index.list({
    kinds: ['suppression'],
  }) as unknown as StoredRecord<Suppression>[]) {
    const target = targetOf(data);
    if ('key' in target) known.set(target.key, ref);
    for (const hash of data.address_hmac ?? []) hashes.set(hash, ref);
  }
  const changes: Change[] = [];
  await session.each<OwnRecord & { line: number }>(entries, async ({ line, data: row, note }) => {
    const data = row as unknown as Suppression;
    const target = targetOf(data);
    if ('refused' in target) return session.refuse(line, target.refused);
    if ('hashes' in target) {
      const refs = target.hashes.map((hash) => hashes.get(hash));
      if (refs[0] === undefined || refs.includes(undefined)) return session.refuse(line, foreignHash);
      return session.count(line, 'unchanged', refs[0], 'an erased address');
    }
    const { key, title } = target;
    const ref = known.get(key);
    if (ref !== undefined) return session.count(line, 'unchanged', ref, title);
    const { address_hmac: _, ...shared } = data;
    const { expected, source } = options;
    const made = await newRecord(
      'suppression',
      { ...shared, ...target.data, scope: data.scope ?? 'all', source: data.source ?? source },
      { title, id: derivedId(config.id, 'suppression', key), expected, ...(note === '' ? {} : { note }) },
      tools,
    );
    const { scope = 'all' } = data;
    if (scope !== 'all' && !isKnownPurpose(scope, config.purposes ?? {})) {
      const message = `no purpose is called ${JSON.stringify(scope)} here: nothing at all goes to ${title}`;
      session.report.errors.push({ line, message });
    }
    known.set(key, made.ref);
    changes.push(made);
    session.count(line, 'created', made.ref, title);
  });
  const outcome = session.finish(changes);
  outcome.report.suppressed = changes.length;
  return outcome;
}

const foreignHash =
  'the address was erased, and what stays of it says something only in the workspace where that was; erase or suppress the address here as well';

/** What a suppression is of, in canonical form; `key` tells it from every other, and is the address alone where it can be. */
function targetOf({
  address,
  domain,
  address_hmac,
  scope = 'all',
}: Suppression):
  | { key: string; title: string; data: Partial<Suppression> }
  | { hashes: readonly string[] }
  | { refused: string } {
  const suffix = scope === 'all' ? '' : ` ${scope}`;
  if (address !== undefined) {
    const canonical = canonicalEmail(address);
    if (canonical === undefined)
      return { refused: emailFault(address) ?? `"${address}" is no e-mail address` };
    return { key: `${canonical}${suffix}`, title: canonical, data: { address: canonical } };
  }
  if (domain === undefined) return { hashes: address_hmac ?? [] };
  const fault = domainFault(domain);
  if (fault !== undefined) return { refused: fault };
  const bare = domain
    .trim()
    .replace(/^(?:@|\*?\.)/, '')
    .toLowerCase();
  return { key: `domain ${bare}${suffix}`, title: bare, data: { domain: bare } };
}
