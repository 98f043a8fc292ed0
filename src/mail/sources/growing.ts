/** Bytes that come in pieces, kept once: a large message must not lie in memory twice when it is put together. */
export class Growing {
  #bytes: Buffer;
  #length = 0;

  /** @param expected how many bytes there will be, as far as is known */
  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafe(expected);
  }

  get length(): number {
    return this.#length;
  }

  append(piece: Buffer): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.ceil(needed * 1.5));
      this.all().copy(larger);
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length = needed;
  }

  all(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
