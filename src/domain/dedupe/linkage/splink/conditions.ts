import type { FieldKind } from '../kinds.js';
import { nicknameGroups } from '../nicknames.js';
import { quotedText } from './expressions.js';

/** A condition on two values, written as SQL. */
export type Condition = (l: string, r: string) => string;

const edits = (l: string, r: string) => `damerau_levenshtein(${l}, ${r})`;
const alike = (l: string, r: string) => `jaro_winkler_similarity(${l}, ${r})`;
const shorter = (l: string, r: string) => `least(length(${l}), length(${r}))`;
const longer = (l: string, r: string) => `greatest(length(${l}), length(${r}))`;

/** One of the words of each, of three letters or more, is the same, and one of them has several. */
const sharesWord: Condition = (l, r) => {
  const words = `string_split(regexp_replace(${l}, '\\b.{1,2}\\b', '', 'g'), ' ')`;
  return `((contains(${l}, ' ') OR contains(${r}, ' ')) AND list_has_any(${words}, string_split(${r}, ' ')))`;
};

/** All pairs of names that go together, in one text: a search in it is quicker than a condition for each group. */
const shortForms = quotedText(
  `|${[
    ...new Set(
      nicknameGroups.flatMap((names) =>
        names.flatMap((a) => names.filter((b) => a < b).map((b) => `${a} ${b}`)),
      ),
    ),
  ].join('|')}|`,
);

const shortForm: Condition = (l, r) =>
  `contains(${shortForms}, concat('|', least(${l}, ${r}), ' ', greatest(${l}, ${r}), '|'))`;

/** Of the name alone: an initial is close to nothing. */
const full: (condition: Condition) => Condition = (condition) => (l, r) =>
  `${shorter(l, r)} > 1 AND (${condition(l, r)})`;

const local = (value: string) => `regexp_replace(${value}, '@[^@]*$', '')`;
const host = (value: string) => `regexp_replace(${value}, '^.*@', '')`;
const first = (value: string) => `split_part(${value}, '.', 1)`;
const year = (value: string) => `substr(${value}, 1, 4)`;
const month = (value: string) => `substr(${value}, 5, 2)`;
const day = (value: string) => `substr(${value}, 7)`;
const whole: Condition = (l, r) => `length(${l}) = 8 AND length(${r}) = 8`;
const fewEdits: Condition = (l, r) => `${edits(l, r)} <= (CASE WHEN ${shorter(l, r)} > 6 THEN 2 ELSE 1 END)`;

const closeWord: Condition = (l, r) =>
  `(${shorter(l, r)} > 3 AND ${fewEdits(l, r)}) OR ${alike(l, r)} >= 0.92 OR ${sharesWord(l, r)}`;

/** For each graded kind the levels between exact and different, in the order of `levelRules`. How words sound is left out. */
export const conditions: Partial<Record<FieldKind, readonly Condition[]>> = {
  given_name: [
    shortForm,
    full(
      (l, r) =>
        `(${longer(l, r)} > 3 AND ${edits(l, r)} <= 1) OR ${sharesWord(l, r)} OR ${alike(l, r)} >= 0.92`,
    ),
    full((l, r) => `${alike(l, r)} >= 0.82`),
    (l, r) => `${shorter(l, r)} = 1 AND substr(${l}, 1, 1) = substr(${r}, 1, 1)`,
  ],
  family_name: [
    (l, r) =>
      `(${longer(l, r)} > 3 AND ${edits(l, r)} <= 1) OR ${sharesWord(l, r)} OR ${alike(l, r)} >= 0.93`,
    (l, r) => `${alike(l, r)} >= 0.84`,
  ],
  email: [
    (l, r) => `${local(l)} = ${local(r)} AND length(${local(l)}) > 2`,
    (l, r) =>
      `${fewEdits(local(l), local(r))} AND (${edits(host(l), host(r))} <= 2 OR length(${local(l)}) > 8)`,
  ],
  phone: [
    (l, r) =>
      `(${shorter(l, r)} >= 7 AND (suffix(${l}, ${r}) OR suffix(${r}, ${l}))) OR (${shorter(l, r)} >= 9 AND right(${l}, 9) = right(${r}, 9))`,
    (l, r) => `${shorter(l, r)} >= 7 AND ${edits(l, r)} <= 1`,
  ],
  date: [
    (l, r) =>
      `${whole(l, r)} AND ${year(l)} = ${year(r)} AND ${month(l)} = ${day(r)} AND ${day(l)} = ${month(r)}`,
    (l, r) => `${edits(l, r)} <= 1`,
    (l, r) =>
      `${whole(l, r)} AND (CASE WHEN ${year(l)} = ${year(r)} THEN 1 ELSE 0 END + CASE WHEN ${month(l)} = ${month(r)} THEN 1 ELSE 0 END + CASE WHEN ${day(l)} = ${day(r)} THEN 1 ELSE 0 END) = 2`,
  ],
  postal_code: [
    (l, r) => `${edits(l, r)} <= 1`,
    (l, r) => {
      const half = `greatest(2, CAST(floor(${shorter(l, r)} / 2) AS INTEGER))`;
      return `substr(${l}, 1, ${half}) = substr(${r}, 1, ${half})`;
    },
  ],
  locality: [closeWord],
  region: [closeWord],
  country: [],
  category: [],
  identifier: [
    (l, r) => `${shorter(l, r)} >= 5 AND ${edits(l, r)} = 1`,
    (l, r) => `${shorter(l, r)} >= 5 AND ${edits(l, r)} = 2`,
  ],
  domain: [
    (l, r) => `length(${first(l)}) > 3 AND (${first(l)} = ${first(r)} OR ${edits(first(l), first(r))} <= 1)`,
  ],
};

/** At least so many tenths of all words of both texts are in both. */
export function sharedWords(tenths: number): Condition {
  return (l, r) => {
    const [a, b] = [l, r].map((value) => `string_split(${value}, ' ')`);
    return `10 * len(list_intersect(${a}, ${b})) >= ${tenths} * len(list_distinct(list_concat(${a}, ${b})))`;
  };
}
