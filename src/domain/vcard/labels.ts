import type { ContentLine } from './content-line.js';

/** Words of TYPE, in the order in which a label says them, with the label's own word for them. */
const words: Readonly<Record<string, string>> = {
  home: 'home',
  work: 'work',
  cell: 'mobile',
  fax: 'fax',
  pager: 'pager',
};
/** What a line can carry rather than whose it is, and what it is where nothing is said. */
const silent = new Set([
  'voice',
  'internet',
  'pref',
  'x400',
  'text',
  'msg',
  'video',
  'dom',
  'intl',
  'postal',
  'parcel',
]);

/**
 * What a number, address or site is called: `home`, `work fax`, `mobile`, or as a person named it (X-ABLabel, as Apple
 * and Google write it).
 */
export function labelOf(line: ContentLine, named: string | undefined): string | undefined {
  if (named !== undefined) return named;
  const types = typesOf(line).filter((type) => !silent.has(type));
  if (types.length === 0) return undefined;
  const order = Object.keys(words);
  const place = (type: string) => (order.indexOf(type) + order.length + 1) % (order.length + 1);
  const sorted = [...new Set(types)].sort((a, b) => place(a) - place(b));
  return sorted.map((type) => words[type] ?? type.replace(/^x-/, '')).join(' ');
}

/** The words of TYPE in lower case: `TYPE="HOME,VOICE"`, `TYPE=HOME;TYPE=VOICE` and `HOME;VOICE` are the same. */
export function typesOf({ params }: ContentLine): string[] {
  const types = params.get('TYPE');
  return types === undefined
    ? []
    : types.flatMap((type) =>
        type
          .toLowerCase()
          .split(',')
          .map((one) => one.trim()),
      );
}

/** How much a line is preferred, 1 being the most; undefined where nothing is said. */
export function preference(line: ContentLine): number | undefined {
  const pref = Number(line.params.get('PREF')?.[0]);
  if (pref >= 1 && pref <= 100) return pref;
  return typesOf(line).includes('pref') ? 1 : undefined;
}

/** A label of X-ABLabel, as text: `_$!<HomePage>!$_`, which Apple translates, is `home page`. */
export function namedLabel(text: string): string | undefined {
  const known = /^_?\$!<([^<>]{1,100})>!\$_?$/.exec(text)?.[1];
  const label = known === undefined ? text : known.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return label === '' ? undefined : label;
}

/** The words of TYPE that say the same as a label; undefined where none do, and it has to be named. */
export function typesOfLabel(label: string, allowed: readonly string[]): string[] | undefined {
  const found: string[] = [];
  for (const word of label.split(' ')) {
    const type = Object.keys(words).find((one) => words[one] === word);
    if (type === undefined || !allowed.includes(type) || found.includes(type)) return undefined;
    // Another order would be read as another label.
    const order = Object.keys(words);
    if (found.length > 0 && order.indexOf(type) < order.indexOf(found.at(-1)!)) return undefined;
    found.push(type);
  }
  return found;
}
