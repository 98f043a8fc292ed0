import { namesAgree } from '../contacts/person-name.js';
import { command, type Link, type LinkKind, sharing } from './link.js';
import type { Party } from './party.js';

/** So many people are named one by one; more are a crowd, as behind a switchboard, and told at once. */
const mostApart = 3;

interface Shared {
  kind: LinkKind;
  /** The key that holds the value. */
  key: string;
  /** How much it says that a firm itself has it, and that somebody at the firm, or anybody, has it. */
  strength: { firm: number; person: number };
  valuesOf(party: Party): readonly string[];
}

const values: readonly Shared[] = [
  {
    kind: 'phone',
    key: 'phones',
    strength: { firm: 0.7, person: 0.4 },
    valuesOf: ({ phones }) => phones,
  },
  {
    kind: 'address',
    key: 'addresses',
    strength: { firm: 0.5, person: 0.3 },
    valuesOf: ({ place }) => (place === undefined ? [] : [place]),
  },
];

/** People and firms of several houses, or of none, that share a telephone number or a postal address. */
export function sharedLinks(parties: readonly Party[], firms: ReadonlyMap<string, Party>): Link[] {
  return values.flatMap((shared) =>
    [...sharing(parties, shared.valuesOf)].flatMap(([value, holders]) =>
      linksOf(shared, value, holders, firms),
    ),
  );
}

function linksOf(
  { kind, key, strength }: Shared,
  value: string,
  holders: readonly Party[],
  firms: ReadonlyMap<string, Party>,
): Link[] {
  const evidence = [{ kind, what: `${key} ${value}`, records: holders.length }];
  const outside = holders.filter(({ house }) => house === undefined);
  const inside = oneOfEachHouse(holders);
  const [first, ...others] = inside;
  if (first && others.length === 0) {
    const firm = first.kind === 'company' ? first : firms.get(first.company ?? '');
    if (!firm || outside.length === 0) return [];
    const worth = first.kind === 'company' ? strength.firm : strength.person;
    if (outside.length > mostApart)
      return [
        {
          kind,
          strength: worth,
          members: [firm, ...outside],
          evidence,
          suggestion: command`company show ${firm}`,
        },
      ];
    const namesake = (person: Party) =>
      holders.find((one) => one.house !== undefined && one.kind === 'contact' && isNamesake(one, person));
    return outside.map((person) => {
      const same = namesake(person);
      return {
        kind,
        strength: worth,
        members: same ? [same, person] : [person, firm],
        evidence,
        suggestion: same
          ? command`contact merge ${same} ${person}`
          : command`contact set ${person} company=${firm}`,
      };
    });
  }
  const members = [...inside, ...outside];
  // One person twice at different firms is told as having moved; twice without a firm, by `dedupe contacts`.
  const [one, two] = members;
  if (!one || !two || (members.length === 2 && isNamesake(one, two))) return [];
  return [
    {
      kind,
      strength: Math.round((strength.person * 200) / members.length) / 100,
      members,
      evidence,
      suggestion: suggestionFor(one, two),
    },
  ];
}

/** Of each house the firm that holds the value, or else whoever does. */
function oneOfEachHouse(holders: readonly Party[]): Party[] {
  const houses = new Map<string, Party>();
  for (const party of holders) {
    const { house } = party;
    if (house === undefined) continue;
    const known = houses.get(house);
    if (!known || (known.kind === 'contact' && party.kind === 'company')) houses.set(house, party);
  }
  return [...houses.values()];
}

function isNamesake(one: Party, other: Party): boolean {
  return one.folded !== '' && other.folded !== '' && namesAgree(one.folded, other.folded) === 'yes';
}

function suggestionFor(one: Party, two: Party): string {
  if (one.kind === two.kind)
    return one.kind === 'company'
      ? command`company set ${two} parent=${one}`
      : command`dedupe explain ${one} ${two}`;
  const [person, firm] = one.kind === 'contact' ? [one, two] : [two, one];
  return command`contact set ${person} company=${firm}`;
}
