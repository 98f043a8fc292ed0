/** Elements whose text nobody sees, whatever they look like. */
const unseen = new Set('head script style title template svg math'.split(' '));

/** Elements that hold nothing. */
const empty = new Set(
  'area base basefont bgsound br col embed frame hr img input link meta param source track wbr'.split(' '),
);

/** How far the parts of a table reach: a wider one ends a narrower one that was left open. */
const widths: Readonly<Record<string, number>> = {
  td: 1,
  th: 1,
  caption: 1,
  tr: 2,
  tbody: 3,
  thead: 3,
  tfoot: 3,
};

/** Elements that end with the next one of them, and what such ones may lie in within one of them. */
const items: Readonly<Record<string, readonly string[]>> = {
  li: ['ul', 'ol'],
  dt: ['dl'],
  dd: ['dl'],
  option: ['select'],
};

/** Changes of what is seen that lie in each other deeper than this are taken no notice of. */
const deepest = 1000;

/** Whether a text can be seen. Of what hides it, only the second can be undone further within. */
interface Sight {
  gone: boolean;
  small: boolean;
}

interface Scope extends Sight {
  name: string;
  /** Elements that are open within it, by name. */
  open: Map<string, number>;
}

/**
 * Follows the tags of a page and knows where nobody sees its text: in a head or a script, and where its own style hides it.
 * An element may be left open, as mail does: what encloses it ends it. Each tag costs the same however deep it lies.
 * @param blocks elements that end a paragraph, and count as enclosing
 */
export class Unseen {
  private readonly scopes: Scope[] = [{ name: '', gone: false, small: false, open: new Map() }];

  /** Elements that are open anywhere, by name. */
  private readonly all = new Map<string, number>();

  constructor(private readonly blocks: ReadonlySet<string>) {}

  get hides(): boolean {
    const { gone, small } = this.top;
    return gone || small;
  }

  /** @returns whether the element, and the text that follows it, can be seen */
  open(name: string, attributes: Readonly<Record<string, string>>): boolean {
    while (this.scopes.length > 1 && this.endsBefore(name)) this.leave();
    const { top } = this;
    const sight = unseen.has(name) ? { gone: true, small: false } : sightOf(attributes, top);
    if (empty.has(name)) return !sight.gone && !sight.small;
    const changes = sight.gone !== top.gone || sight.small !== top.small;
    if (changes && !top.gone && this.scopes.length < deepest) {
      this.scopes.push({ ...sight, name, open: new Map() });
      add(this.all, name, 1);
    } else if (name === top.name || this.encloses(name)) {
      add(top.open, name, 1);
      add(this.all, name, 1);
    }
    return !this.hides;
  }

  /** @returns whether the element that ends could be seen */
  close(name: string): boolean {
    // What encloses an element that was left open ends it.
    while (this.scopes.length > 1 && this.endsWith(name)) this.leave();
    const { top, hides } = this;
    if (top.open.get(name)) {
      add(top.open, name, -1);
      add(this.all, name, -1);
    } else if (top.name === name) this.leave();
    return !hides;
  }

  /** Leaves the innermost change of sight, with all that is open in it. */
  private leave(): void {
    const { name, open } = this.scopes.pop()!;
    add(this.all, name, -1);
    for (const [one, times] of open) add(this.all, one, -times);
  }

  private get top(): Scope {
    return this.scopes.at(-1)!;
  }

  /** Whether the innermost change of sight is over where this element begins. */
  private endsBefore(name: string): boolean {
    const { top } = this;
    const within = (...names: readonly string[]) => names.some((one) => top.open.get(one));
    // The end of a head may be left out.
    if (top.name === 'head' || top.name === 'p') return this.blocks.has(name);
    if (items[top.name] && items[name]) return items[top.name] === items[name] && !within(...items[name]);
    const width = widths[name] ?? 0;
    return width > 0 && !within('table') && this.outer('table') && width >= (widths[top.name] ?? 0);
  }

  /** Whether the innermost change of sight is over where an element around it ends. */
  private endsWith(name: string): boolean {
    const { top } = this;
    if (top.name === name || top.open.get(name) || !this.encloses(name)) return false;
    // No paragraph is around a block.
    return this.outer(name) && (name !== 'p' || !this.blocks.has(top.name));
  }

  /** Whether an element of the name is open around the innermost change of sight. */
  private outer(name: string): boolean {
    const { top } = this;
    const here = (top.open.get(name) ?? 0) + (top.name === name ? 1 : 0);
    return (this.all.get(name) ?? 0) > here;
  }

  private encloses(name: string): boolean {
    return this.blocks.has(name) || widths[name] !== undefined;
  }
}

function add(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** Whether an element in another can be seen. */
function sightOf({ style, hidden }: Readonly<Record<string, string>>, around: Sight): Sight {
  if (around.gone || hidden !== undefined) return { gone: true, small: false };
  if (style === undefined) return around;
  const said = declarations(style);
  const is = (property: string, value: RegExp) => value.test(said.get(property) ?? '');
  const flat = ['height', 'max-height', 'width', 'max-width'].some((property) => is(property, nothing));
  const gone =
    is('display', /^none$/) ||
    is('visibility', /^(?:hidden|collapse)$/) ||
    is('mso-hide', /^all$/) ||
    is('opacity', nothing) ||
    (flat && is('overflow', /^(?:hidden|clip)\b/));
  const size =
    said.get('font-size') ?? /(?:^|\s)([\d.]+[a-z%]*)(?:\s*\/|\s)/.exec(said.get('font') ?? '')?.[1];
  // A share of nothing is nothing.
  const small =
    size === undefined || /(?:\d|\.)(?:em|%)$/.test(size)
      ? around.small || nothing.test(size ?? '')
      : nothing.test(size);
  return { gone, small: gone ? false : small };
}

/** A measure of nothing. */
const nothing = /^[+-]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?$/;

/** What a style says, by property, all in lower case. */
function declarations(style: string): Map<string, string> {
  const said = new Map<string, string>();
  const settled = new Set<string>();
  for (const declaration of style
    .toLowerCase()
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
    .split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const property = declaration.slice(0, colon).trim();
    const written = declaration.slice(colon + 1).trim();
    const value = written.replace(/!\s*important$/, '').trimEnd();
    const important = value !== written;
    if (settled.has(property) && !important) continue;
    if (important) settled.add(property);
    said.set(property, value);
  }
  return said;
}
