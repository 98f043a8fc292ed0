import { type Io, printable } from '../../cli/io.js';
import type { Explanation, FieldEvidence } from '../../domain/dedupe/linkage/explain.js';

/** Bits for one sign of a bar, and the longest bar. */
const bitsPerSign = 0.5;
const longestBar = 32;
const widestValue = 28;

const verdicts = {
  same: 'held to be one',
  ask: 'not sure enough: a person is asked',
  different: 'held to be two',
};

/** A waterfall in text: from the prior over what each field says to the total, in bits. */
export function renderExplanation(explanation: Explanation, { color }: Pick<Io, 'color'>): string {
  const { prior, fields, adjustment, total, probability, verdict } = explanation;
  const lines: { name: string; what: string; level: string; weight: number; note: string }[] = [
    { name: 'prior', what: '', level: 'two rows at random', weight: prior, note: '' },
    ...fields.map((field) => ({
      name: printable(field.field),
      what: values(field),
      level: field.level || 'missing',
      weight: field.weight,
      note: changed(field),
    })),
    ...(Math.abs(adjustment) < 0.005
      ? []
      : [{ name: 'together', what: '', level: 'fields that go together', weight: adjustment, note: '' }]),
  ];
  const width = (key: 'name' | 'what' | 'level') => Math.max(...lines.map((line) => [...line[key]].length));
  const widths = { name: width('name'), what: width('what'), level: width('level') };
  const pad = (text: string, size: number) => text + ' '.repeat(Math.max(0, size - [...text].length));
  const text = lines.map(({ name, what, level, weight, note }) => {
    const bar = '█'.repeat(Math.min(longestBar, Math.round(Math.abs(weight) / bitsPerSign)));
    const drawn = weight < 0 ? color.red(bar) : color.green(bar);
    const cells = [pad(name, widths.name), pad(what, widths.what), pad(level, widths.level), bits(weight)];
    return `${cells.join('  ')}  ${drawn}${note === '' ? '' : color.dim(`${bar === '' ? '' : ' '}${note}`)}`.trimEnd();
  });
  const before = widths.name + widths.what + widths.level + 6;
  return [
    ...text,
    `${' '.repeat(before)}${'─'.repeat(6)}`,
    `${color.bold(pad('total', before))}${color.bold(bits(total))}  probability ${percent(probability)}: ${verdicts[verdict]}`,
  ].join('\n');
}

function values({ a, b }: FieldEvidence): string {
  const shown = (value: string | null) => (value === null ? '–' : cut(printable(value)));
  return a !== null && a === b ? shown(a) : `${shown(a)} / ${shown(b)}`;
}

function cut(value: string): string {
  const signs = [...value];
  return signs.length <= widestValue ? value : `${signs.slice(0, widestValue - 1).join('')}…`;
}

/** What frequent values and other fields took from it, or rare ones added. */
function changed({ base, weight }: FieldEvidence): string {
  return Math.abs(base - weight) < 0.05 ? '' : `alone ${bits(base).trim()}`;
}

function bits(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`.padStart(6);
}

function percent(probability: number): string {
  if (probability > 0.9999) return 'over 99.99 %';
  return probability < 0.0001 ? 'under 0.01 %' : `${(probability * 100).toFixed(2)} %`;
}
