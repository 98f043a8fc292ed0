import { foldCompanyName } from '../companies/company-name.js';
import { isProvider } from '../companies/domain-name.js';
import { command, type Link, sharing } from './link.js';
import type { Party } from './party.js';

/** Firms of several houses that share a VAT number, and so are one, or a domain. */
export function firmLinks(firms: readonly Party[]): Link[] {
  const vats = sharing(firms, ({ vat }) => (vat === undefined ? [] : [vat]));
  const domains = sharing(firms, ({ domains }) =>
    domains.filter((domain) => domain !== '' && !isProvider(domain)),
  );
  const apart = ([, members]: [string, Party[]]) => new Set(members.map(({ house }) => house)).size > 1;
  return [
    ...[...vats].filter(apart).map(([value, members]) => linkOf('vat', value, members)),
    ...[...domains].filter(apart).map(([value, members]) => linkOf('domain', value, members)),
  ];
}

function linkOf(kind: 'vat' | 'domain', value: string, members: Party[]): Link {
  const [one, two] = members as [Party, Party];
  const isOne = kind === 'vat' || foldCompanyName(one.name) === foldCompanyName(two.name);
  return {
    kind,
    strength: kind === 'vat' ? 0.99 : Math.round(160 / members.length) / 100,
    members,
    evidence: [{ kind, what: `${kind === 'vat' ? 'vat' : 'domains'} ${value}`, records: members.length }],
    suggestion: isOne ? command`company merge ${one} ${two}` : command`company set ${two} parent=${one}`,
  };
}
