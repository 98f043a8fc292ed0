import type { Suppression } from './suppression.js';

export interface SuppressionRules {
  canonicalEmail(text: string): string | undefined;
  /** Whether the workspace knows a purpose; a scope that is none is taken for `all`. */
  isPurpose?(purpose: string): boolean;
  /** HMAC-SHA256 of a canonical address under the workspace's salt, in hexadecimal. */
  hmac(canonical: string): string;
  /** HMACs of each telephone number of a contact with his name. */
  phoneHmacs?(contact: Readonly<Record<string, unknown>>): string[];
}

/** Finds the suppressions of a canonical address. */
export interface SuppressionIndex {
  /** @param purpose of the message; a suppression of scope `all`, or without scope, counts for every purpose */
  find(canonical: string, purpose: string): Suppression[];
  /** Suppressions of a person by telephone number and name, as an erasure leaves them. */
  ofPerson(contact: Readonly<Record<string, unknown>>): Suppression[];
}

/** Makes suppressions ready to be asked about many addresses: by address, by domain (subdomains included), by HMAC. */
export function indexSuppressions(
  suppressions: Iterable<Suppression>,
  rules: SuppressionRules,
): SuppressionIndex {
  const byAddress = new Map<string, Suppression[]>();
  const byDomain = new Map<string, Suppression[]>();
  const byPhone = new Map<string, Suppression[]>();
  const byHmac = new Map<string, Suppression[]>();
  for (const entry of suppressions) {
    if (entry.address !== undefined) {
      add(byAddress, rules.canonicalEmail(entry.address) ?? entry.address.trim().toLowerCase(), entry);
    }
    if (entry.domain !== undefined) add(byDomain, canonicalDomain(entry.domain, rules), entry);
    for (const hash of entry.phone_hmac ?? []) add(byPhone, hash.toLowerCase(), entry);
    for (const hash of entry.address_hmac ?? []) add(byHmac, hash.toLowerCase(), entry);
  }
  return {
    ofPerson: (contact) =>
      byPhone.size === 0
        ? []
        : (rules.phoneHmacs?.(contact) ?? []).flatMap((hash) => byPhone.get(hash) ?? []),
    find(canonical, purpose) {
      const own = byAddress.get(canonical);
      if (own === undefined && byDomain.size === 0 && byHmac.size === 0) return [];
      const found = own === undefined ? [] : [...own];
      if (byDomain.size > 0) {
        for (const domain of domainsOf(canonical)) found.push(...(byDomain.get(domain) ?? []));
      }
      if (byHmac.size > 0) found.push(...(byHmac.get(rules.hmac(canonical)) ?? []));
      return found.filter(
        ({ scope }) =>
          scope === undefined || scope === 'all' || scope === purpose || rules.isPurpose?.(scope) === false,
      );
    },
  };
}

function add(map: Map<string, Suppression[]>, key: string, entry: Suppression): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

/** `@Bücher.example`, `bücher.example.` and `xn--bcher-kva.example` are one domain. */
function canonicalDomain(domain: string, rules: SuppressionRules): string {
  const bare = domain
    .trim()
    .replace(/^@/, '')
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const canonical = rules.canonicalEmail(`postmaster@${bare}`);
  return canonical === undefined ? bare : canonical.slice(canonical.lastIndexOf('@') + 1);
}

function* domainsOf(canonical: string): Generator<string> {
  let domain = canonical.slice(canonical.lastIndexOf('@') + 1);
  while (domain !== '') {
    yield domain;
    const dot = domain.indexOf('.');
    domain = dot < 0 ? '' : domain.slice(dot + 1);
  }
}
