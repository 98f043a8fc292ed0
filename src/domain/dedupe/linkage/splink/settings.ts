import { chanceOfEqual } from '../frequencies.js';
import { type FieldKind, kinds } from '../kinds.js';
import { levelRules } from '../levels.js';
import { type Model, wordRules } from '../model.js';
import { splinkBlocking } from './blocking.js';
import { type Condition, conditions, sharedWords } from './conditions.js';
import { quotedName, type SqlField, sideOf, valuesSql } from './expressions.js';

/** One level of a comparison, in the keys of Splink 4. */
export interface SplinkLevel {
  sql_condition: string;
  label_for_charts: string;
  is_null_level?: true;
  m_probability?: number;
  u_probability?: number;
  tf_adjustment_column?: string;
  tf_adjustment_weight?: number;
  tf_minimum_u_value?: number;
  disable_tf_exact_match_detection?: true;
}

/** A settings file of Splink 4, as far as it is written here. */
export interface SplinkSettings {
  link_type: 'dedupe_only' | 'link_only';
  sql_dialect: 'duckdb';
  unique_id_column_name: string;
  probability_two_random_records_match: number;
  comparisons: {
    output_column_name: string;
    comparison_description: string;
    comparison_levels: SplinkLevel[];
  }[];
  blocking_rules_to_generate_predictions: { blocking_rule: string; sql_dialect: 'duckdb' }[];
}

/** A level and the condition that tells it; none for what is left. */
interface Step {
  label: string;
  condition: Condition | undefined;
  m: number;
  u: number;
}

/** A rule of one name alone is written where it finds at most so many pairs a row. */
const pairsPerRow = 20;

const equal: Condition = (l, r) => `${l} = ${r}`;

/**
 * The model as settings of Splink. Weights of single levels, frequencies of values and the prior are carried over; what
 * looks at several fields at once has no place in them.
 * @param header names of the columns
 * @param id the column that names a row
 */
export function splinkSettings(model: Model, header: readonly string[], id: string): SplinkSettings {
  const { rows, fields, second } = model.table;
  const sqlFields = fields.map(({ plan }): SqlField => {
    const columns = plan.columns.filter((column) => column >= 0).map((column) => header[column] ?? '');
    return { kind: plan.kind, columns, parts: plan.parts === true };
  });
  const seen = new Map<FieldKind, number>();
  const comparisons = sqlFields.map((field, i) => {
    const nth = (seen.get(field.kind) ?? 0) + 1;
    seen.set(field.kind, nth);
    return {
      output_column_name: nth === 1 ? field.kind : `${field.kind}_${nth}`,
      comparison_description: fields[i]!.plan.name,
      comparison_levels: levelsSql(field, stepsOf(model, i)),
    };
  });
  const rare = sqlFields.filter((_, i) => (chanceOfEqual(fields[i]!) * rows) / 2 <= pairsPerRow);
  const odds = 2 ** model.prior;
  return {
    link_type: second === undefined ? 'dedupe_only' : 'link_only',
    sql_dialect: 'duckdb',
    unique_id_column_name: columnName(id),
    probability_two_random_records_match: odds / (1 + odds),
    comparisons,
    blocking_rules_to_generate_predictions: splinkBlocking(sqlFields, rare).map((rule) => ({
      blocking_rule: rule,
      sql_dialect: 'duckdb',
    })),
  };
}

function levelsSql(field: SqlField, steps: readonly Step[]): SplinkLevel[] {
  const left = valuesSql(field, sideOf('l'));
  const right = valuesSql(field, sideOf('r'));
  const missing = (values: readonly string[]) =>
    `${values.length === 1 ? values[0] : `coalesce(${values.join(', ')})`} IS NULL`;
  // Where a field has several columns, the best agreement of any two counts.
  const any = (condition: Condition) =>
    left.flatMap((l) => right.map((r) => `(${condition(l, r)})`)).join(' OR ');
  const none: SplinkLevel = {
    sql_condition: `${missing(left)} OR ${missing(right)}`,
    label_for_charts: 'missing',
    is_null_level: true,
  };
  // Splink makes tables that are called after the column, and cannot where its name holds other signs.
  const tf =
    field.columns.length === 1 && /^[\w ]+$/.test(field.columns[0]!) ? frequencies(field, steps[0]!) : {};
  return [
    none,
    ...steps.map(({ label, condition, m, u }, i) => ({
      sql_condition: condition === undefined ? 'ELSE' : any(condition),
      label_for_charts: label,
      m_probability: m,
      u_probability: u,
      ...(i === 0 ? tf : {}),
    })),
  ];
}

/** A value's own frequency instead of the average one, and no more bits than a kind may say. */
function frequencies({ kind, columns }: SqlField, { m }: Step): Partial<SplinkLevel> {
  const most = levelRules[kind]?.most ?? wordRules[kind]!.most;
  return {
    tf_adjustment_column: columnName(columns[0]!),
    tf_adjustment_weight: 1,
    tf_minimum_u_value: m / 2 ** most,
    // Splink would look for a plain equality of the column, and cells are compared folded.
    disable_tf_exact_match_detection: true,
  };
}

/** Splink takes a plain name as it is, and parses any other. */
function columnName(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : quotedName(name);
}

function stepsOf(model: Model, i: number): Step[] {
  const field = model.table.fields[i]!;
  const levels = model.levelsOf(i);
  if (levels === undefined) return wordSteps(field.kind, chanceOfEqual(field));
  const between = conditions[field.kind]!;
  return levels.map(({ name, m, u }, grade) => ({
    label: name,
    condition: grade === 0 ? equal : between[grade - 1],
    m,
    u,
  }));
}

/** Of m that is not of different texts, what exact ones have, what most words have, and some. */
const wordShares = [0.6, 0.25, 0.15] as const;

/** Texts of words are weighed word by word here; four rough levels stand for that, within the same bounds. */
function wordSteps(kind: FieldKind, chance: number): Step[] {
  const { most, least } = wordRules[kind]!;
  const different = 0.97 * 2 ** least;
  const [exact, mostly, partly] = wordShares.map((share) => share * (1 - different)) as [
    number,
    number,
    number,
  ];
  return [
    { label: 'exact', condition: equal, m: exact, u: Math.max(chance, exact / 2 ** most) },
    { label: 'most words', condition: sharedWords(6), m: mostly, u: mostly / 2 ** (most * 0.6) },
    { label: 'some words', condition: sharedWords(3), m: partly, u: partly / 2 ** (most * 0.2) },
    { label: 'different', condition: undefined, m: different, u: different / 2 ** least },
  ];
}

/** The kinds whose levels are rough, for they have none here. */
export const roughKinds: readonly FieldKind[] = kinds.filter((kind) => wordRules[kind] !== undefined);
