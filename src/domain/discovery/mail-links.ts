import { isProvider, registeredDomain } from '../companies/domain-name.js';
import { command, type Link } from './link.js';
import type { Party } from './party.js';

/** Firms by the hosts at which they get mail. */
interface Hosts {
  /** By `domains` of their records. */
  stated: Map<string, Party[]>;
  /** By the addresses of their people. */
  learnt: Map<string, Party[]>;
  /** How many people of a firm, by its id, write from a host; and how many without a firm do. */
  writers: Map<string, number>;
}

/**
 * People whose mail goes to a firm where they are not: those without a firm, those who seem to have moved to it, and
 * those who are at two. And people without a firm who share a domain that is of no firm on file. What providers such as
 * Gmail host says nothing.
 */
export function mailLinks(people: readonly Party[], firms: ReadonlyMap<string, Party>): Link[] {
  const hosts = hostsOf(people, firms);
  const strangers = new Map<string, Party[]>();
  const links: Link[] = [];
  for (const person of people) {
    for (const host of person.hosts) {
      if (isProvider(host)) continue;
      const stated = firmsAt(host, hosts.stated);
      const found = stated.length > 0 ? stated : learntAt(host, hosts);
      const [firm] = found;
      if (firm) links.push(...linkTo(person, firm, found, host, stated.length > 0, hosts));
      else if (person.company === undefined) {
        const known = strangers.get(host);
        if (known) known.push(person);
        else strangers.set(host, [person]);
      }
    }
  }
  return [...links, ...[...strangers].flatMap(([host, members]) => newFirm(host, members))];
}

function linkTo(
  person: Party,
  firm: Party,
  all: readonly Party[],
  host: string,
  stated: boolean,
  hosts: Hosts,
): Link[] {
  if (all.some(({ house }) => house === person.house) || person.former.includes(firm.id)) return [];
  const link = {
    members: [person, firm],
    suggestion: command`contact set ${person} company=${firm}`,
  };
  const evidence = (kind: Link['kind']) => [
    {
      kind,
      what: `emails …@${host}, ${stated ? 'a domain' : 'as people'} of ${firm.ref}`,
      records: all.length + 1,
    },
  ];
  // One alone may write from a domain of his family.
  const colleagues = hosts.writers.get(writerOf(host, firm)) ?? 0;
  if (person.company === undefined)
    return [
      {
        ...link,
        kind: 'mail_domain',
        strength: Math.round(((stated ? 0.95 : colleagues > 1 ? 0.8 : 0.5) * 100) / all.length) / 100,
        evidence: evidence('mail_domain'),
      },
    ];
  // That he writes as the people of another firm do may be chance.
  if (!stated) return [];
  const isHis = (one: string) =>
    firmsAt(one, hosts.stated).some(({ house }) => house === person.house) ||
    firmsAt(one, hosts.learnt).some(
      (firm) => firm.house === person.house && (hosts.writers.get(writerOf(one, firm)) ?? 0) > 1,
    );
  if (person.hosts.some((one) => one !== host && isHis(one)))
    return [{ ...link, kind: 'two_firms', strength: 0.5, evidence: evidence('two_firms') }];
  const left = person.bounced.find(isHis);
  const gone =
    left === undefined
      ? []
      : [{ kind: 'moved' as const, what: `emails …@${left} takes no more mail`, records: 1 }];
  return [
    {
      ...link,
      kind: 'moved',
      strength: left === undefined ? 0.6 : 0.9,
      evidence: [...evidence('moved'), ...gone],
    },
  ];
}

/** People of one domain: a firm that nobody put on file. */
function newFirm(host: string, members: Party[]): Link[] {
  if (members.length < 2) return [];
  return [
    {
      kind: 'mail_domain',
      // What very many share is a provider that nobody listed.
      strength: Math.round(Math.min(50, 250 / members.length)) / 100,
      members,
      evidence: [{ kind: 'mail_domain', what: `emails …@${host}`, records: members.length }],
      suggestion: `itaca company add --name ${host} --domain ${host}`,
    },
  ];
}

function hostsOf(people: readonly Party[], firms: ReadonlyMap<string, Party>): Hosts {
  const hosts: Hosts = { stated: new Map(), learnt: new Map(), writers: new Map() };
  const add = (map: Map<string, Party[]>, host: string, firm: Party) => {
    if (host === '' || isProvider(host)) return;
    const known = map.get(host);
    if (!known) map.set(host, [firm]);
    else if (!known.includes(firm) && known.length < 10) known.push(firm);
  };
  for (const firm of firms.values()) for (const domain of firm.domains) add(hosts.stated, domain, firm);
  for (const { company, hosts: own } of people) {
    const firm = company === undefined ? undefined : firms.get(company);
    for (const host of own) {
      if (firm) add(hosts.learnt, host, firm);
      const writer = writerOf(host, firm);
      hosts.writers.set(writer, (hosts.writers.get(writer) ?? 0) + 1);
    }
  }
  return hosts;
}

function writerOf(host: string, firm: Party | undefined): string {
  return `${host} ${firm?.id ?? ''}`;
}

/**
 * The firms whose people write from a host. One alone says nothing where several without a firm write from there, too:
 * it may be a provider.
 */
function learntAt(host: string, { learnt, writers }: Hosts): readonly Party[] {
  const alone = (firm: Party) => (writers.get(writerOf(host, firm)) ?? 0) < 2;
  const strangers = writers.get(writerOf(host, undefined)) ?? 0;
  return firmsAt(host, learnt).filter((firm) => strangers < 2 || !alone(firm));
}

/** The firms of a host, or of the nearest one above it: `mail.acme.it` is of `acme.it`. */
function firmsAt(host: string, known: ReadonlyMap<string, Party[]>): readonly Party[] {
  const last = registeredDomain(host);
  for (let at = host; ; at = at.slice(at.indexOf('.') + 1)) {
    const found = known.get(at);
    if (found) return found;
    if (at.length <= last.length) return [];
  }
}
