/**
 * A set of ids of lines (20 hexadecimal digits, 80 bits), exact, in about 24 bytes each: a ledger of millions of lines
 * has to be known by heart to count nothing twice.
 */
export class IdSet {
  #size = 0;
  #capacity: number;
  /** Three words for each place: 32, 32 and 16 bits of an id, the last with a mark that the place is taken. */
  #words: Uint32Array;

  constructor(capacity = 1024) {
    this.#capacity = capacity;
    this.#words = new Uint32Array(capacity * 3);
  }

  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return this.#words[this.#placeOf(...wordsOf(id)) + 2] !== 0;
  }

  /** @returns whether it is new */
  add(id: string): boolean {
    const [a, b, c] = wordsOf(id);
    const place = this.#placeOf(a, b, c);
    if (this.#words[place + 2] !== 0) return false;
    this.#words.set([a, b, c], place);
    if (++this.#size > this.#capacity * 0.6) this.#grow();
    return true;
  }

  /** Where an id stands, or would. */
  #placeOf(a: number, b: number, c: number): number {
    for (let at = a % this.#capacity; ; at = (at + 1) % this.#capacity) {
      const place = at * 3;
      const taken = this.#words[place + 2];
      if (taken === 0 || (taken === c && this.#words[place] === a && this.#words[place + 1] === b))
        return place;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#capacity *= 2;
    this.#words = new Uint32Array(this.#capacity * 3);
    for (let at = 0; at < old.length; at += 3) {
      const c = old[at + 2] as number;
      if (c === 0) continue;
      const [a, b] = [old[at] as number, old[at + 1] as number];
      const place = this.#placeOf(a, b, c);
      this.#words[place] = a;
      this.#words[place + 1] = b;
      this.#words[place + 2] = c;
    }
  }
}

const taken = 0x10000;

function wordsOf(id: string): [number, number, number] {
  const word = (from: number, to: number) => Number.parseInt(id.slice(from, to), 16) >>> 0;
  return [word(0, 8), word(8, 16), (word(16, 20) | taken) >>> 0];
}
