const longest = 100;
const most = 200_000;

/** Keeps one copy of each text that comes again and again: a log names few activities and people, in many events. */
export class Pool {
  private readonly texts = new Map<string, string>();

  /** An equal text. */
  one(text: string): string {
    if (text.length > longest) return text;
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    if (this.texts.size < most) this.texts.set(text, text);
    return text;
  }
}
