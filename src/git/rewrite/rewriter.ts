import type { LooseObjects } from '../loose-objects.js';
import { formatTree, type ObjectReader, parseTree, type TreeItem } from '../objects.js';
import { decoded } from './versions.js';

/** What becomes of the past. */
export interface Rewriting {
  /** A file as it is to be; null where it goes. The same bytes and path where it stays. */
  file(path: string, bytes: Buffer): { path: string; bytes: Buffer } | null;
  /** A folder's or a link's name, by its path. */
  path(path: string): string;
  text(text: string): string;
}

/** Lines that sign what they stand in, or quote a signed tag; a changed commit is not what was signed. */
const signatures = /^(?:gpgsig|gpgsig-sha256|mergetag) /;

/** Makes objects anew without what is to go: the same ones again where nothing in them changes. */
export class Rewriter {
  readonly #done = new Map<string, string | null>();

  constructor(
    private readonly reader: ObjectReader,
    private readonly objects: LooseObjects,
    private readonly rewriting: Rewriting,
    private readonly idLength: number,
    /** Commits → what stands for them; grows with every commit. */
    readonly commits: Map<string, string>,
  ) {}

  /** Parents must have been rewritten before. */
  async commit(id: string): Promise<string> {
    const known = this.commits.get(id);
    if (known !== undefined) return known;
    const { bytes } = await this.reader.read(id);
    const end = bytes.indexOf('\n\n');
    const head = bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
    const message = end < 0 ? Buffer.alloc(0) : bytes.subarray(end);
    let changed = false;
    const lines: string[] = [];
    for (const line of head.split('\n')) {
      const [, key, object] = /^(tree|parent) ([0-9a-f]+)$/.exec(line) ?? [];
      if (key === undefined || object === undefined) lines.push(line);
      else {
        const after =
          key === 'tree'
            ? ((await this.tree(object, '')) ?? this.emptyTree())
            : (this.commits.get(object) ?? object);
        if (after !== object) changed = true;
        lines.push(`${key} ${after}`);
      }
    }
    const after = this.#message(message);
    if (after !== message) changed = true;
    const rewritten = changed
      ? this.objects.write({
          type: 'commit',
          bytes: Buffer.concat([Buffer.from(unsigned(lines).join('\n'), 'latin1'), after]),
        })
      : id;
    this.commits.set(id, rewritten);
    return rewritten;
  }

  /** An annotated tag, which may name another one. */
  async tag(id: string): Promise<string> {
    const { bytes } = await this.reader.read(id);
    const text = bytes.toString('latin1');
    const [, object = '', type] = /^object ([0-9a-f]+)\ntype (\w+)/.exec(text) ?? [];
    const after = await this.any(object, type as 'commit');
    const message = this.rewriting.text(bytes.toString());
    if (after === object && message === bytes.toString()) return id;
    const unsignedText = message.replace(/-----BEGIN [A-Z ]*SIGN[\s\S]*$/, '');
    return this.objects.write({
      type: 'tag',
      bytes: Buffer.from(unsignedText.replace(/^object [0-9a-f]+/, `object ${after}`)),
    });
  }

  /** Whatever a ref leads to. */
  async any(id: string, type: string): Promise<string> {
    if (type === 'commit') return this.commit(id);
    if (type === 'tag') return this.tag(id);
    if (type === 'tree') return (await this.tree(id, '')) ?? this.emptyTree();
    return (await this.#blob(id, '')) ?? this.objects.write({ type: 'blob', bytes: Buffer.alloc(0) });
  }

  /**
   * The notes of a ref, as one commit without a past: they lie under the names of the commits that they are about.
   * Call it when all commits are rewritten.
   */
  async notes(id: string): Promise<string> {
    const rewritten = await this.commit(id);
    const { bytes } = await this.reader.read(rewritten);
    const text = bytes.toString('latin1');
    const tree = /^tree ([0-9a-f]+)/.exec(text)?.[1] ?? '';
    const items = await this.#flat(tree, '');
    const after = items.map((item) => ({ ...item, name: this.commits.get(item.name) ?? item.name }));
    if (after.every(({ name }, i) => name === items[i]?.name)) return rewritten;
    const flat = this.objects.write({ type: 'tree', bytes: formatTree(after) });
    const body = text.replace(/^tree [0-9a-f]+\n(?:parent [0-9a-f]+\n)*/, `tree ${flat}\n`);
    return this.objects.write({ type: 'commit', bytes: Buffer.from(body, 'latin1') });
  }

  async #flat(tree: string, prefix: string): Promise<TreeItem[]> {
    const items: TreeItem[] = [];
    for (const { mode, name, id } of parseTree((await this.reader.read(tree)).bytes, this.idLength)) {
      if (mode === '40000') items.push(...(await this.#flat(id, prefix + name)));
      else items.push({ mode, name: prefix + name, id });
    }
    return items;
  }

  emptyTree(): string {
    return this.objects.write({ type: 'tree', bytes: Buffer.alloc(0) });
  }

  /** @returns null for a folder of which nothing is left */
  async tree(id: string, prefix: string): Promise<string | null> {
    const key = `${id} ${prefix}`;
    const known = this.#done.get(key);
    if (known !== undefined) return known;
    const before = parseTree((await this.reader.read(id)).bytes, this.idLength);
    const items: TreeItem[] = [];
    const names = new Set<string>();
    let changed = false;
    for (const item of before) {
      const after = await this.#item(item, prefix);
      if (after === null) changed = true;
      else {
        if (after.id !== item.id || after.name !== item.name) changed = true;
        const name = free(after.name, names);
        names.add(name);
        items.push({ ...after, name });
      }
    }
    const rewritten = !changed
      ? id
      : items.length === 0
        ? null
        : this.objects.write({ type: 'tree', bytes: formatTree(items) });
    this.#done.set(key, rewritten);
    return rewritten;
  }

  async #item({ mode, name, id }: TreeItem, prefix: string): Promise<TreeItem | null> {
    const path = prefix + decoded(name);
    const renamed = (after: string) =>
      after === path ? name : Buffer.from(after.slice(after.lastIndexOf('/') + 1)).toString('latin1');
    if (mode === '40000') {
      const tree = await this.tree(id, `${path}/`);
      return tree === null ? null : { mode, name: renamed(this.rewriting.path(path)), id: tree };
    }
    // A submodule's commit is of another repository.
    if (mode === '160000') return { mode, name, id };
    const blob = await this.#blob(id, path);
    return blob === null ? null : { mode, name: renamed(this.rewriting.path(path)), id: blob };
  }

  async #blob(id: string, path: string): Promise<string | null> {
    const key = `${id} ${path}`;
    const known = this.#done.get(key);
    if (known !== undefined) return known;
    const { bytes } = await this.reader.read(id);
    const after = this.rewriting.file(path, bytes);
    const rewritten =
      after === null
        ? null
        : after.bytes === bytes
          ? id
          : this.objects.write({ type: 'blob', bytes: after.bytes });
    this.#done.set(key, rewritten);
    return rewritten;
  }

  #message(message: Buffer): Buffer {
    const text = message.toString();
    const after = this.rewriting.text(text);
    return after === text ? message : Buffer.from(after);
  }
}

/** Head lines without signatures; their lines go on after a blank. */
function unsigned(lines: readonly string[]): string[] {
  let skipping = false;
  return lines.filter((line) => {
    skipping = signatures.test(line) || (skipping && line.startsWith(' '));
    return !skipping;
  });
}

/** Two names may be one without the person in them. */
function free(name: string, taken: ReadonlySet<string>): string {
  let one = name;
  for (let n = 2; taken.has(one); n++) {
    const dot = name.lastIndexOf('.');
    one = dot > 0 ? `${name.slice(0, dot)}-${n}${name.slice(dot)}` : `${name}-${n}`;
  }
  return one;
}
