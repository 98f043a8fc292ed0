import { isMadeOfName } from './email-of-name.js';
import type { FieldKind } from './fields.js';
import { chanceGiven, chanceOfEqual, copiesOf, fewest, sampledWeights, shareOf } from './frequencies.js';
import { type Level, type LevelRule, levelRules } from './levels.js';
import { editDistance } from './similarity.js';
import type { Table } from './table.js';
import { compareWords, type WordRule } from './words.js';

/** What one field says of a pair. */
export interface Evidence {
  /** Position of the field. */
  field: number;
  /** Numbers of the two values compared; −1 where one is missing. */
  a: number;
  b: number;
  /** The degree of agreement; empty where a value is missing. */
  level: string;
  /** Match weight in bits before and after what the value's frequency and the other fields change of it. */
  base: number;
  weight: number;
}

/** What texts of several words say at most and at least. */
export const wordRules: Partial<Record<FieldKind, WordRule>> = {
  name: { most: 16, least: -6, unmatched: 0.3, further: 0.35, number: 3 },
  company: { most: 14, least: -4, unmatched: 0.3, further: 0.35, number: 3 },
  street: { most: 11, least: -3.5, unmatched: 0.3, further: 0.35, number: 4 },
};

/** Fields that say where somebody is: they change together, and agree together. */
const ofPlace: ReadonlySet<FieldKind> = new Set<FieldKind>([
  'street',
  'locality',
  'region',
  'postal_code',
  'country',
]);
const restOfPlaceAgreeing = 0.6;
/** What a number adds to the place it belongs to, or the place to the number. */
const restOfReach = 0.7;
/** How far below even odds stay those who share all but the name, in bits. */
const doubtOfNamesakes = 1;
const restOfPlaceDiffering = 0.35;

/** Fields whose values are given out to one person or firm each. */
const ofOne: ReadonlySet<FieldKind> = new Set<FieldKind>(['email', 'phone', 'identifier']);

/** Fields that are one person's or one firm's own, and not its household's or its house's. */
const ofItself: ReadonlySet<FieldKind> = new Set<FieldKind>(['email', 'date', 'identifier', 'domain']);

/** Kinds from the one that is quickest to compare to the dearest. */
const costs: readonly FieldKind[] = [
  'category',
  'country',
  'date',
  'identifier',
  'phone',
  'postal_code',
  'email',
  'domain',
  'region',
  'locality',
  'street',
  'company',
  'name',
];

/** How many matching pairs a list is expected to have for each of its records. */
export const shippedMatches = 0.5;

/** What a list of known or learnt matches says instead of what is shipped. */
export interface Trained {
  /** How often a pair of records of one entity shows each level, by kind, from exact to different. */
  m?: Partial<Record<FieldKind, readonly number[]>>;
  /** How many matching pairs there are for each record; of two lists, for each of the shorter. */
  expectedMatches?: number;
}

/** A level with the shares that its weight comes of; of the exact one `u` is that of two rows taken at random. */
export interface WeighedLevel extends Level {
  /** In bits, before frequencies and other fields change it. */
  weight: number;
}

/** The shipped rule of a kind, with m as it was trained. */
function ruleOf(kind: FieldKind, { m }: Trained): LevelRule | undefined {
  const rule = levelRules[kind];
  const trained = m?.[kind];
  if (!rule || !trained) return rule;
  return { ...rule, levels: rule.levels.map((level, i) => ({ ...level, m: trained[i] ?? level.m })) };
}

/**
 * The match weight of pairs, after Fellegi and Sunter (1969) with the frequencies of values (Winkler 1990): the sum of
 * what each field says, in bits, over the odds of any two records being one.
 */
export class Model {
  /** Log2 odds of two records of the list being one. */
  readonly prior: number;
  private readonly rules: (LevelRule | undefined)[];
  /** Weights of the levels below exact, by field. */
  private readonly weights: Float64Array[];
  private readonly given: number;
  private readonly family: number;
  private readonly email: number;
  private readonly title: number;
  /** How many addresses each domain has. */
  private readonly domains = new Map<string, number>();
  /** What agreeing in one field says at most, in bits, where another agrees too, by that other and the one. */
  private readonly mostGiven: Float64Array[];
  /** Fields in the order in which they are compared, and the most that those from each on can say together. */
  private readonly order: number[];
  private readonly mostFrom: number[];
  /** Fields that agree exactly, of the pair being compared. */
  private readonly agreed: Int32Array;

  constructor(
    readonly table: Table,
    trained: Trained = {},
  ) {
    const { rows, second, fields } = table;
    const others = second === undefined ? rows / 2 : Math.max(second, rows - second);
    // Many equal rows say that the list holds everybody several times.
    const matches = trained.expectedMatches ?? shippedMatches + copiesOf(table) / 2;
    this.prior = Math.log2(matches / Math.max(fewest, others));
    this.rules = fields.map(({ kind }) => ruleOf(kind, trained));
    this.agreed = new Int32Array(fields.length);
    this.weights = fields.map((field, i) => sampledWeights(field, this.rules[i]));
    this.given = fields.findIndex(({ kind }) => kind === 'given_name');
    this.family = fields.findIndex(({ kind }) => kind === 'family_name');
    // Where no person is named, the thing itself is: a shop, a firm, a school.
    this.title =
      this.family >= 0 ? -1 : fields.findIndex(({ kind }) => kind === 'name' || kind === 'company');
    this.email = fields.findIndex(({ kind }) => kind === 'email');
    const email = fields[this.email];
    for (const [i, address] of email?.values.entries() ?? []) {
      const domain = address.slice(address.lastIndexOf('@') + 1);
      this.domains.set(domain, (this.domains.get(domain) ?? 0) + email!.counts[i]!);
    }
    this.mostGiven = fields.map((_, i) =>
      Float64Array.from(fields, (_other, j) => {
        const chance = chanceGiven(table, i, j);
        return chance === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Math.log2(0.9 / chance));
      }),
    );
    // What costs most to compare comes last, and is left out where it cannot matter any more.
    const dear = (i: number) => costs.indexOf(fields[i]!.kind);
    this.order = fields
      .map((_, i) => i)
      .filter((i) => this.family < 0 || this.given < 0 || (i !== this.given && i !== this.family))
      .sort((a, b) => dear(a) - dear(b) || a - b);
    this.mostFrom = this.order.map((_, k) =>
      this.order.slice(k).reduce((sum, i) => sum + (this.rules[i] ?? wordRules[fields[i]!.kind]!).most, 0),
    );
  }

  /** The levels of a field as they are weighed; undefined for a text of several words, which has none. */
  levelsOf(i: number): WeighedLevel[] | undefined {
    const rule = this.rules[i];
    if (!rule) return undefined;
    const field = this.table.fields[i]!;
    const u = shareOf(field, chanceOfEqual(field) * field.filled, rule.levels[0]!.u);
    return rule.levels.map(({ name, m }, grade) => {
      if (grade === 0)
        return { name, m, u: Math.max(u, m / 2 ** rule.most), weight: this.exactWeight(rule, u) };
      const weight = this.weights[i]![grade]!;
      return { name, m, u: m / 2 ** weight, weight };
    });
  }

  /** @param share how often a value is the same by chance */
  private exactWeight({ most, levels }: LevelRule, share: number): number {
    return Math.min(most, Math.log2(levels[0]!.m / share));
  }

  /**
   * The match weight of two rows in bits, without the prior.
   * @param least what is of no interest below: then the fields that cost most to compare may be left out, and some
   *   number below it is given
   */
  weigh(rowA: number, rowB: number, least = Number.NEGATIVE_INFINITY): number {
    return this.sum(rowA, rowB, least, undefined);
  }

  /** What each field says of two rows; their weights add up to what `weigh` gives, but for what `sum` says. */
  explain(rowA: number, rowB: number): Evidence[] {
    const parts: Evidence[] = [];
    this.sum(rowA, rowB, Number.NEGATIVE_INFINITY, parts);
    return parts;
  }

  private sum(rowA: number, rowB: number, least: number, parts: Evidence[] | undefined): number {
    const { fields } = this.table;
    const names = this.given >= 0 && this.family >= 0;
    let total = 0;
    let placeBest = 0;
    let placeRest = 0;
    let placeWorst = 0;
    let placeLost = 0;
    let agreed = 0;
    let own = 0;
    let phone = 0;
    let otherName = false;
    if (names) {
      total = this.compareNames(rowA, rowB, parts);
      otherName = this.otherGiven;
    }
    for (let k = 0; k < this.order.length; k++) {
      const i = this.order[k]!;
      const field = fields[i]!;
      const { kind } = field;
      const reached = phone + placeBest + placeRest + placeWorst + placeLost * restOfPlaceDiffering;
      if (total + reached + this.mostFrom[k]! < least) return Number.NEGATIVE_INFINITY;
      let weight = this.compareField(i, rowA, rowB);
      if (!this.compared) {
        parts?.push({ field: i, a: this.lastA, b: this.lastB, level: '', base: 0, weight: 0 });
        continue;
      }
      const base = weight;
      if (i === this.email && names && weight > 0) weight = this.weightOfDomain(rowA, rowB) ?? weight;
      if (weight > 0 && this.lastA === this.lastB) {
        for (let other = 0; other < agreed; other++) {
          const most = this.mostGiven[this.agreed[other]!]![i]!;
          if (most < weight) weight = most;
        }
        this.agreed[agreed++] = i;
      }
      if (ofPlace.has(kind)) {
        if (weight > 0) {
          placeRest += Math.min(weight, placeBest);
          placeBest = Math.max(weight, placeBest);
        } else {
          placeLost += Math.max(weight, placeWorst);
          placeWorst = Math.min(weight, placeWorst);
        }
      } else if (kind === 'phone' && weight > 0) phone += weight;
      else total += weight;
      if (weight > 0 && ofItself.has(kind) && !(otherName && kind === 'email')) own += weight;
      if (i === this.title && weight < 0 && this.lastLevel === 0) otherName = true;
      parts?.push({ field: i, a: this.lastA, b: this.lastB, level: this.levelName(i), base, weight });
    }
    const place = placeBest + placeRest * restOfPlaceAgreeing + placeWorst + placeLost * restOfPlaceDiffering;
    // Who is at one place is at one number.
    const reached = place > 0 ? Math.max(phone, place) + restOfReach * Math.min(phone, place) : phone + place;
    const sum = total + reached;
    // Man and wife, or two shops of one hotel: everything but the name agrees, and nothing of their own does.
    return otherName && own <= 0 ? Math.min(sum, -this.prior - doubtOfNamesakes) : sum;
  }

  private lastA = -1;
  private lastB = -1;
  private lastLevel = 0;
  private compared = false;

  /** The best that any of the values of one row and any of the other's say together. */
  private compareField(i: number, rowA: number, rowB: number): number {
    const { columns } = this.table.fields[i]!;
    this.compared = false;
    this.lastA = columns[0]![rowA]!;
    this.lastB = columns[0]![rowB]!;
    let best = 0;
    let level = 0;
    for (const columnA of columns) {
      const a = columnA[rowA]!;
      if (a < 0) continue;
      for (const columnB of columns) {
        const b = columnB[rowB]!;
        if (b < 0) continue;
        const weight = this.compareValues(i, a, b);
        if (this.compared && weight <= best) continue;
        this.compared = true;
        best = weight;
        level = this.lastLevel;
        this.lastA = a;
        this.lastB = b;
      }
    }
    this.lastLevel = level;
    return best;
  }

  private compareValues(i: number, a: number, b: number): number {
    const field = this.table.fields[i]!;
    const rule = this.rules[i];
    if (!rule) {
      const { weight, share } = compareWords(field, a, b, wordRules[field.kind]!);
      this.lastLevel = share;
      return weight;
    }
    if (a === b) {
      this.lastLevel = 0;
      // That the two share an address says nothing of how many others have it.
      const count = ofOne.has(field.kind) ? Math.max(0, field.counts[a]! - 2) : field.counts[a]!;
      return this.exactWeight(rule, shareOf(field, count, rule.levels[0]!.u));
    }
    const grade = rule.grade(field.values[a]!, field.values[b]!);
    this.lastLevel = grade;
    const weight = this.weights[i]![grade]!;
    if (weight <= 0) return weight;
    // What is alike to a frequent value is alike to many.
    const share = shareOf(field, field.counts[a]! + field.counts[b]!, rule.levels[0]!.u);
    return Math.min(weight, Math.max(0, Math.log2(rule.levels[grade]!.m / share) + 1));
  }

  private levelName(i: number): string {
    const rule = this.rules[i];
    if (rule) return rule.levels[this.lastLevel]?.name ?? '';
    return this.lastLevel >= 1
      ? 'exact'
      : this.lastLevel > 0
        ? `${Math.round(this.lastLevel * 100)} % of the words`
        : 'different';
  }

  /** Whether the last two given names were two different ones. */
  private otherGiven = false;

  /** Given and family name, also the other way round, whichever says more. */
  private compareNames(rowA: number, rowB: number, parts: Evidence[] | undefined): number {
    const { fields } = this.table;
    const givenA = fields[this.given]!.columns[0]![rowA]!;
    const givenB = fields[this.given]!.columns[0]![rowB]!;
    const familyA = fields[this.family]!.columns[0]![rowA]!;
    const familyB = fields[this.family]!.columns[0]![rowB]!;
    const given = this.compareName(this.given, givenA, givenB, parts);
    this.otherGiven = given < 0 && this.lastLevel === 5;
    const family = this.compareName(this.family, familyA, familyB, parts);
    const straight = given + family;
    if (given > 0 && family > 0) return straight;
    const swapped = this.swapped(givenA, familyA, givenB, familyB);
    if (swapped <= straight) return straight;
    this.otherGiven = false;
    for (const part of parts ?? [])
      Object.assign(part, { level: 'given and family name swapped', weight: swapped / 2 });
    return swapped;
  }

  private compareName(i: number, a: number, b: number, parts: Evidence[] | undefined): number {
    const missing = a < 0 || b < 0;
    const weight = missing ? 0 : this.compareValues(i, a, b);
    parts?.push({ field: i, a, b, level: missing ? '' : this.levelName(i), base: weight, weight });
    return weight;
  }

  private swapped(givenA: number, familyA: number, givenB: number, familyB: number): number {
    const given = this.table.fields[this.given]!;
    const family = this.table.fields[this.family]!;
    const cross = (g: number, f: number): number => {
      if (g < 0 || f < 0) return 0;
      const name = given.values[g]!;
      const other = family.values[f]!;
      const bits = Math.min(
        9,
        -Math.log2(shareOf(family, family.counts[f]!, 0.005)),
        -Math.log2(shareOf(given, given.counts[g]!, 0.01)),
      );
      if (name === other) return bits;
      return name.length > 3 && jaro(name, other) ? bits * 0.7 : -6;
    };
    const one = cross(givenA, familyB);
    const two = cross(givenB, familyA);
    if (one <= 0 && two <= 0) return Number.NEGATIVE_INFINITY;
    // Few lists have many of them.
    return one + two - 3;
  }

  /**
   * An address made of the name says no more than the name has said already, and where it is: two Mario Rossis have
   * mario.rossi@ at every large provider.
   * @returns the weight of the domain alone; undefined where the address is not made of the name on both sides
   */
  private weightOfDomain(rowA: number, rowB: number): number | undefined {
    const { values } = this.table.fields[this.email]!;
    const a = values[this.lastA] ?? '';
    const b = values[this.lastB] ?? '';
    if (!this.madeOfName(a, rowA, a === b) || !this.madeOfName(b, rowB, a === b)) return undefined;
    const domainA = a.slice(a.lastIndexOf('@') + 1);
    const domainB = b.slice(b.lastIndexOf('@') + 1);
    const having = Math.max(this.domains.get(domainA) ?? 1, this.domains.get(domainB) ?? 1);
    const share = shareOf(this.table.fields[this.email]!, having, 0.01);
    if (domainA === domainB) return Math.min(9, Math.log2(0.7 / share));
    const close = domainA.length > 6 && editDistance(domainA, domainB, 2) <= 2;
    return close ? Math.max(0, Math.min(7, Math.log2(0.1 / share))) : -2.4;
  }

  private madeOfName(address: string, row: number, strict: boolean): boolean {
    const { fields } = this.table;
    const nameOf = (i: number) => fields[i]!.values[fields[i]!.columns[0]![row]!] ?? '';
    return isMadeOfName(address, nameOf(this.given), nameOf(this.family), strict);
  }
}

function jaro(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= 1 && a[0] === b[0] && a.slice(1, 3) === b.slice(1, 3);
}
