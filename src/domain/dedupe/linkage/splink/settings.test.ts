import { describe, expect, it } from 'vitest';
import { planFields } from '../fields.js';
import { levelRules } from '../levels.js';
import { Model } from '../model.js';
import { TableBuilder } from '../table.js';
import { splinkSettings } from './settings.js';

const header = [
  'first_name',
  'last_name',
  'e"mail',
  'phone',
  'mobile',
  'company',
  'city',
  'zip',
  'date_of_birth',
  'vat',
  'website',
  'region',
  'country',
];

function model(second?: number): Model {
  const rows = Array.from({ length: 40 }, (_, i) => [
    `Anna${i % 7}`,
    `Rossi${i % 11}`,
    `a${i}@x.it`,
    `02 55512${10 + i}`,
    `333 55512${10 + i}`,
    `Acme ${i % 9}`,
    `Città ${i % 3}`,
    `2010${i % 5}`,
    `1970-01-${10 + (i % 9)}`,
    `IT0000${1000 + i}`,
    `www.x${i}.it`,
    'Lombardia',
    'IT',
  ]);
  const plans = planFields(header, rows, new Set(), new Map([[2, 'email']]));
  const builder = new TableBuilder(plans, 'IT');
  for (const [i, row] of rows.entries()) {
    if (i === second) builder.startSecond(plans);
    builder.add(row);
  }
  return new Model(builder.build(), { m: { region: [0.5, 0.3, 0.2] } });
}

describe('settings of Splink', () => {
  const one = model();
  const settings = splinkSettings(one, header, 'the id');

  it('carry the weight of every level', () => {
    let compared = 0;
    for (const [i, { comparison_levels }] of settings.comparisons.entries()) {
      const levels = one.levelsOf(i);
      if (levels === undefined) continue;
      const graded = comparison_levels.slice(1);
      expect(graded.map((level) => level.label_for_charts)).toEqual(levels.map(({ name }) => name));
      for (const [grade, level] of graded.entries()) {
        expect(Math.log2(level.m_probability! / level.u_probability!)).toBeCloseTo(levels[grade]!.weight, 9);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(35);
  });

  it('weigh what differs as the model does', () => {
    let seen = 0;
    for (let b = 1; b < 40; b++) {
      for (const { field, level, base } of one.explain(0, b)) {
        const weight = one.levelsOf(field)?.find(({ name }) => name === level)?.weight;
        if (weight === undefined || weight > 0) continue;
        expect({ field, level, base }).toEqual({ field, level, base: weight });
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it('put the missing first and what is left last', () => {
    expect(settings.comparisons.map(({ output_column_name }) => output_column_name)).toContain('phone');
    for (const { comparison_levels } of settings.comparisons) {
      expect(comparison_levels[0]).toMatchObject({
        is_null_level: true,
        sql_condition: expect.stringContaining('IS NULL'),
      });
      expect(comparison_levels.at(-1)!.sql_condition).toBe('ELSE');
      for (const { m_probability: m, u_probability: u } of comparison_levels.slice(1)) {
        expect(m).toBeGreaterThan(0);
        expect(m).toBeLessThan(1);
        expect(u).toBeGreaterThan(0);
        expect(u).toBeLessThanOrEqual(1);
      }
    }
  });

  it('have a condition for each level of every graded kind', () => {
    for (const { comparison_levels, output_column_name } of settings.comparisons) {
      const conditions = comparison_levels.map(({ sql_condition }) => sql_condition);
      expect(new Set(conditions).size, output_column_name).toBe(conditions.length);
    }
    expect(settings.comparisons).toHaveLength(12);
  });

  it('take a value’s own frequency on the exact level, and no more bits than a kind says', () => {
    const { comparison_levels } = settings.comparisons.find(
      ({ output_column_name }) => output_column_name === 'family_name',
    )!;
    const exact = comparison_levels[1]!;
    expect(exact).toMatchObject({ tf_adjustment_column: 'last_name', tf_adjustment_weight: 1 });
    const most = Math.log2(exact.m_probability! / exact.tf_minimum_u_value!);
    expect(most).toBeCloseTo(levelRules.family_name!.most, 9);
    expect(comparison_levels.filter((level) => level.tf_adjustment_column)).toHaveLength(1);
  });

  it('quote names', () => {
    const text = JSON.stringify(settings.comparisons.find((one) => one.output_column_name === 'email'));
    expect(JSON.parse(text).comparison_levels[1].sql_condition).toContain('"e""mail_l"');
    expect(settings.unique_id_column_name).toBe('"the id"');
    const rules = settings.blocking_rules_to_generate_predictions.map(({ blocking_rule }) => blocking_rule);
    expect(rules.filter((rule) => rule.includes('l."e""mail"'))).toHaveLength(1);
  });

  it('have the odds of a match, and link two lists', () => {
    const p = settings.probability_two_random_records_match;
    expect(Math.log2(p / (1 - p))).toBeCloseTo(one.prior, 9);
    expect(settings.link_type).toBe('dedupe_only');
    expect(splinkSettings(model(20), header, 'id').link_type).toBe('link_only');
  });
});
