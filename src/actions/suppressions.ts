import { canonicalEmail } from '../domain/contacts/email-address.js';
import { ItacaError } from '../domain/error.js';
import { isId } from '../domain/records/ids.js';
import type { suppressionReasons } from '../domain/suppression/reasons.js';
import type { Suppression } from '../domain/suppression/suppression.js';
import type { Index } from '../workspace/index/index.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { addressHmac } from './address-hmac.js';
import { type Created, newRecord, nowIso } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface SuppressionInput {
  /** An e-mail address, or a domain such as `example.it` or `@example.it`. */
  what: string;
  reason: (typeof suppressionReasons)[number];
  /** `all`, or one purpose. */
  scope: string;
  source?: string;
}

/** An address or a domain as a suppression holds it. Throws ItacaError `invalid` for what is neither. */
export function parseTarget(what: string): { address: string } | { domain: string } {
  if (what.includes('@') && !what.startsWith('@')) {
    const address = canonicalEmail(what);
    if (address) return { address };
  } else {
    const domain = what.replace(/^@/, '').toLowerCase();
    if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(domain)) return { domain };
  }
  throw new ItacaError('invalid', `"${what}" is neither an e-mail address nor a domain`, {
    hint: 'write it as mario@example.it or example.it',
  });
}

/** Puts an address on the list of those never written to. Doing it twice is no mistake. */
export async function addSuppression(
  input: SuppressionInput,
  tools: Tools,
): Promise<{ suppression: Created | StoredRecord; added: boolean }> {
  const target = parseTarget(input.what);
  const { purposes } = tools.workspace.config;
  if (input.scope !== 'all' && purposes && !(input.scope in purposes)) {
    throw new ItacaError('usage', `"${input.scope}" is not a purpose`, {
      hint: `scopes are: all, ${Object.keys(purposes).join(', ')}`,
    });
  }
  const known = (await suppressionsOf(tools.workspace, input.what)).find(
    (one) => one.data.scope === input.scope || (one.data.scope ?? 'all') === 'all',
  );
  if (known && ('domain' in target || known.data.address !== undefined)) {
    return { suppression: known as unknown as StoredRecord, added: false };
  }
  const suppression = await newRecord(
    'suppression',
    {
      ...target,
      scope: input.scope,
      reason: input.reason,
      at: nowIso(tools),
      by: tools.actor,
      source: input.source,
    },
    { title: 'address' in target ? target.address : target.domain },
    tools,
  );
  await write([suppression], { subject: `suppress add ${suppression.id}` }, tools);
  return { suppression, added: true };
}

/**
 * Takes an address off the list.
 * @param what as `addSuppression` takes it, or the id of a suppression
 * @throws ItacaError `not_found` where it is not on it
 */
export async function removeSuppression(
  what: string,
  scope: string | undefined,
  tools: Tools,
): Promise<StoredRecord[]> {
  const known = (await named(what, tools.workspace)).filter(
    ({ data }) => scope === undefined || (data.scope ?? 'all') === scope,
  );
  if (known.length === 0)
    throw new ItacaError('not_found', `${what} is not suppressed`, { hint: 'itaca suppress list' });
  await write(
    known.map(({ id, path }) => ({ op: 'remove', kind: 'suppression', id, path })),
    { subject: `suppress rm ${known.map(({ id }) => id).join(' ')}` },
    tools,
  );
  return known as unknown as StoredRecord[];
}

/** Suppressions of exactly this address or domain, or the one with this id: of who had no address nothing else is known. */
async function named(what: string, workspace: Workspace): Promise<StoredRecord<Suppression>[]> {
  if (isId(what)) {
    const record = (await workspace.index()).get(what);
    return record?.kind === 'suppression' ? [record as unknown as StoredRecord<Suppression>] : [];
  }
  const target = parseTarget(what);
  return (await suppressionsOf(workspace, what)).filter(({ data }) =>
    'address' in target ? data.domain === undefined : data.domain === target.domain,
  );
}

/** The suppressions that cover an address (its domain's and parent domains' too) or a domain. */
export async function suppressionsOf(
  workspace: Workspace,
  what: string,
): Promise<StoredRecord<Suppression>[]> {
  const target = parseTarget(what);
  const index = await workspace.index();
  const domain =
    'address' in target ? target.address.slice(target.address.lastIndexOf('@') + 1) : target.domain;
  const parents = domain.split('.').map((_, i, labels) => labels.slice(i).join('.'));
  const found = [
    ...('address' in target ? index.byKey('email', target.address, ['suppression']) : []),
    ...('address' in target ? erased(index, addressHmac(target.address, workspace.config.salt)) : []),
    ...parents.flatMap((parent) => index.byKey('domain', parent, ['suppression'])),
  ];
  return found as unknown as StoredRecord<Suppression>[];
}

/** Suppressions of an address that was erased, by what stayed of it. */
function erased(index: Index, hmac: string): StoredRecord[] {
  const hashed = index.select(
    "r.kind = 'suppression' and json_extract(r.data, '$.address_hmac') is not null order by r.path",
    [],
  );
  return hashed.filter(({ data }) => (data as Suppression).address_hmac?.includes(hmac));
}

/**
 * Tells for any canonical address why it must not be written to.
 * @returns a function: canonical address → sentence, or undefined where nothing forbids it
 * @throws ItacaError `refused` where a suppression cannot be read, since it might be the one
 */
export async function suppressionLookup(
  workspace: Workspace,
): Promise<(canonical: string) => string | undefined> {
  const index = await workspace.index();
  const broken = index.unreadable(['suppression'])[0];
  if (broken) {
    throw new ItacaError('refused', `a suppression cannot be read: ${broken.message}`, {
      path: broken.path,
      ...(broken.line === null ? {} : { line: broken.line }),
      hint: 'mend it first: it may name one of these people',
    });
  }
  const addresses = new Map<string, string>();
  const domains = new Map<string, string>();
  const hashes = new Map<string, string>();
  for (const { data } of index.list({ kinds: ['suppression'] }) as unknown as StoredRecord<Suppression>[]) {
    if ((data.scope ?? 'all') !== 'all') continue;
    const why = `suppressed: ${data.reason}`;
    if (data.address) addresses.set(canonicalEmail(data.address) ?? data.address, why);
    for (const hmac of data.address_hmac ?? []) hashes.set(hmac, why);
    if (data.domain) domains.set(data.domain.toLowerCase(), why);
  }
  return (canonical) =>
    addresses.get(canonical) ??
    (hashes.size > 0 ? hashes.get(addressHmac(canonical, workspace.config.salt)) : undefined) ??
    parentDomains(canonical)
      .map((domain) => domains.get(domain))
      .find(Boolean);
}

/** A domain and those above it: `mail.example.it`, `example.it`, `it`. */
function parentDomains(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  return labels.map((_, i) => labels.slice(i).join('.'));
}
