import type { ListFormat } from './formats/format.js';
import { listFormats } from './formats/index.js';
import { parseTarget, type Target } from './target.js';

/** A header that a known program wrote. */
export interface RecognisedFormat {
  format: ListFormat;
  /** By column; undefined for a column that the format does not know. */
  targets: (Target | undefined)[];
}

/** A format made ready for looking headers up. Names are folded; those that repeat have `{n}` for their number. */
interface Compiled {
  format: ListFormat;
  signature: string[];
  targets: Map<string, Target & { labelName?: string }>;
  labels: Set<string>;
}

const fold = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
const parted = (names: string): string[] => names.split('|').map((name) => fold(name));
/** `Address 12 - City`: what repeats is numbered before a dash. */
const numbered = /^([^\d]{1,40}) (\d{1,3}) - /;

let compiled: Compiled[] | undefined;

/**
 * The format of a header: every column of its signature is there, in any order and case; of several the one that knows
 * most of the columns, then the one of the longer signature.
 */
export function recogniseFormat(header: readonly string[]): RecognisedFormat | undefined {
  compiled ??= listFormats.map(compile);
  const names = header.map(fold);
  const has = new Set(names);
  let best: { one: Compiled; targets: (Target | undefined)[]; known: number } | undefined;
  for (const one of compiled) {
    const other = (name: string) => Object.entries(one.format.also ?? {}).find(([, to]) => fold(to) === name);
    if (!one.signature.every((name) => has.has(name) || has.has(fold(other(name)?.[0] ?? '\0')))) continue;
    const targets = targetsOf(one, names);
    const known = names.filter((name, column) => targets[column] || isLabel(one, name)).length;
    const longer = best !== undefined && one.signature.length > best.one.signature.length;
    if (best === undefined || known > best.known || (known === best.known && longer))
      best = { one, targets, known };
  }
  if (best === undefined) return undefined;
  return { format: best.one.format, targets: best.targets };
}

function targetsOf({ targets }: Compiled, names: readonly string[]): (Target | undefined)[] {
  const at = new Map(names.map((name, column) => [name, column]));
  return names.map((name) => {
    const exact = targets.get(name);
    if (exact) return exact;
    const [, base, number] = numbered.exec(name) ?? [];
    const repeated = base === undefined ? undefined : targets.get(name.replace(numbered, `${base} {n} - `));
    if (!repeated) return undefined;
    const { labelName, ...target } = repeated;
    const labelColumn = labelName === undefined ? undefined : at.get(labelName.replace('{n}', number!));
    return { ...target, group: `${base} ${number}`, ...(labelColumn === undefined ? {} : { labelColumn }) };
  });
}

function isLabel({ labels }: Compiled, name: string): boolean {
  const [, base] = numbered.exec(name) ?? [];
  return base !== undefined && labels.has(name.replace(numbered, `${base} {n} - `));
}

function compile(format: ListFormat): Compiled {
  const targets: Compiled['targets'] = new Map();
  const labels = new Set<string>();
  for (const [field, columns] of Object.entries(format.columns)) {
    for (const name of parted(columns)) targets.set(name, parseTarget(field)!);
  }
  for (const [field, columns] of Object.entries(format.repeats ?? {})) {
    for (const entry of parted(columns)) {
      const [name, labelName] = entry.split(' < ') as [string, string?];
      targets.set(name, { ...parseTarget(field)!, ...(labelName === undefined ? {} : { labelName }) });
      if (labelName !== undefined) labels.add(labelName);
    }
  }
  for (const [spelled, name] of Object.entries(format.also ?? {})) {
    const target = targets.get(fold(name));
    if (target) targets.set(fold(spelled), target);
  }
  return { format, signature: parted(format.signature), targets, labels };
}
