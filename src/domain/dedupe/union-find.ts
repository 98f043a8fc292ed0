/** Disjoint sets of the numbers below `size` (Tarjan): the least member names its set, whatever the order of joining. */
export class UnionFind {
  private readonly parents: Uint32Array;

  constructor(size: number) {
    this.parents = new Uint32Array(size);
    for (let i = 0; i < size; i++) this.parents[i] = i;
  }

  /** The least member of the set that `member` belongs to. */
  find(member: number): number {
    let root = member;
    while (this.parents[root] !== root) root = this.parents[root]!;
    let at = member;
    while (this.parents[at] !== root) {
      const next = this.parents[at]!;
      this.parents[at] = root;
      at = next;
    }
    return root;
  }

  /** Makes one set of two; returns whether they were two. */
  union(a: number, b: number): boolean {
    const left = this.find(a);
    const right = this.find(b);
    if (left === right) return false;
    this.parents[Math.max(left, right)] = Math.min(left, right);
    return true;
  }
}
