import { ItacaError } from '../../error.js';
import { type FieldKind, kinds } from './kinds.js';
import { levelRules } from './levels.js';
import type { Trained } from './model.js';

/** Names the form of the file, so that another program's JSON is not taken for it. */
const format = 'itaca-linkage-1';

/** A record's expected matches that no list has: beyond, the file is not what it says. */
const mostMatches = 1e6;

/** A trained model as a file, with kinds and levels in the order of the shipped ones: the same model, the same bytes. */
export function modelText({ m = {}, expectedMatches }: Trained): string {
  const fields = Object.fromEntries(
    kinds.flatMap((kind) => {
      const shares = m[kind];
      const rule = levelRules[kind];
      if (!shares || !rule) return [];
      return [[kind, { levels: rule.levels.map(({ name }, i) => ({ name, m: rounded(shares[i]!) })) }]];
    }),
  );
  const matches = expectedMatches === undefined ? {} : { matches: rounded(expectedMatches) };
  return `${JSON.stringify({ format, ...matches, fields }, null, 2)}\n`;
}

/**
 * Reads a trained model.
 * @throws ItacaError `invalid`, with the path and what is wrong
 */
export function parseModel(text: string, path: string): Trained {
  const wrong = (what: string): never => {
    throw new ItacaError('invalid', what, {
      path,
      hint: 'Train it anew: itaca dedupe train <list.csv> -o model.json',
    });
  };
  const model = objectOf(parsed(text, wrong), () => wrong('this is no model: it is not a JSON object'));
  if (model.format !== format)
    wrong(`this is no model of this program: format is ${shown(model.format)}, not "${format}"`);
  const trained: Trained = {};
  if (model.matches !== undefined) {
    const { matches } = model;
    if (typeof matches !== 'number' || !(matches > 0 && matches <= mostMatches))
      return wrong(`matches is ${shown(matches)}, not a number above 0`);
    trained.expectedMatches = matches;
  }
  const m: Partial<Record<FieldKind, number[]>> = {};
  const fields = objectOf(model.fields, () => wrong('fields is missing, or not an object'));
  for (const [kind, field] of Object.entries(fields)) {
    const rule = isKind(kind) ? levelRules[kind] : undefined;
    if (!rule) return wrong(`fields has ${shown(kind)}, which is no kind of field with levels`);
    const { levels } = objectOf(field, () => wrong(`fields.${kind} is not an object`));
    if (!Array.isArray(levels)) return wrong(`fields.${kind}.levels is not a list`);
    m[kind as FieldKind] = sharesOf(kind, levels, rule.levels, wrong);
  }
  return { ...trained, m };
}

type Wrong = (what: string) => never;

function sharesOf(
  kind: string,
  levels: readonly unknown[],
  shipped: readonly { name: string }[],
  wrong: Wrong,
): number[] {
  const names = shipped.map(({ name }) => name);
  if (levels.length !== names.length)
    wrong(`fields.${kind} has ${levels.length} levels, not ${names.length}: ${names.join(', ')}`);
  const shares = levels.map((level, i): number => {
    const where = `fields.${kind}.levels[${i}]`;
    const { name, m } = objectOf(level, () => wrong(`${where} is not an object`));
    if (name !== names[i]) return wrong(`${where}.name is ${shown(name)}, not "${names[i]}"`);
    return typeof m === 'number' && m > 0 && m < 1
      ? m
      : wrong(`${where}.m is ${shown(m)}, not a share between 0 and 1`);
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > 0.001) wrong(`the m of fields.${kind} add up to ${rounded(sum)}, not 1`);
  return shares;
}

function parsed(text: string, wrong: Wrong): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return wrong(`this is no JSON: ${(error as Error).message}`);
  }
}

function objectOf(value: unknown, otherwise: () => never): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return otherwise();
  return value as Record<string, unknown>;
}

function isKind(text: string): text is FieldKind {
  return (kinds as readonly string[]).includes(text);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 40);
}

/** Six decimals, and never 0: a share that small is still one. */
function rounded(share: number): number {
  return Math.max(1e-6, Math.round(share * 1e6) / 1e6);
}
