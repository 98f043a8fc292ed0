import { Tokenizer } from 'htmlparser2';
import { Unseen } from './unseen.js';

/** Elements that stand on lines of their own. */
const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
/** Of the blocks, those with an empty line around them. */
const apart = new Set('blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '));
/** Attributes that say something of the text. */
const telling = new Set('href alt style hidden'.split(' '));
/** Quotes within quotes deeper than this are marked no further. */
const deepestQuote = 20;

/**
 * The text of an HTML page as a person reads it: lines where the blocks are, `> ` before what is quoted, `* ` before an
 * item of a list, the address of a link behind its words where they do not tell it; without what its style hides. Time and
 * memory grow with the length alone.
 */
export function htmlText(html: string): string {
  const page = new Page();
  let tag = '';
  let attribute = '';
  let attributes: Record<string, string> = {};
  let value = '';
  // The tokens alone: a tree, or even a stack of what is open, costs time with the square of the depth.
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (from, to) => page.ontext(html.slice(from, to)),
      ontextentity: (code) => page.ontext(String.fromCodePoint(code)),
      onopentagname(from, to) {
        tag = html.slice(from, to).toLowerCase();
        attributes = {};
      },
      onattribname(from, to) {
        attribute = html.slice(from, to).toLowerCase();
        value = '';
      },
      onattribdata(from, to) {
        value += html.slice(from, to);
      },
      onattribentity(code) {
        value += String.fromCodePoint(code);
      },
      onattribend() {
        if (telling.has(attribute)) attributes[attribute] ??= value;
      },
      onopentagend: () => page.onopentag(tag, attributes),
      onselfclosingtag: () => page.onopentag(tag, attributes),
      onclosetag: (from, to) => page.onclosetag(html.slice(from, to).toLowerCase()),
      oncdata() {},
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return page.text();
}

class Page {
  private readonly lines: string[] = [];
  private line: string[] = [];
  /** Whether a space is due before the next word. */
  private space = false;
  /** Quotes around the empty line that is due before the next line. */
  private gap: number | undefined;
  private readonly unseen = new Unseen(blocks);
  private quotes = 0;
  private pre = 0;
  private link: { address: string; from: number; line: number } | undefined;

  onopentag(name: string, attributes: Record<string, string>): void {
    if (!this.unseen.open(name, attributes)) return;
    if (name === 'br') this.newLine();
    else if (blocks.has(name)) {
      this.endBlock(name);
      if (name === 'blockquote') this.quotes++;
      else if (name === 'pre') this.pre++;
      else if (name === 'li') this.line.push('* ');
      else if (name === 'hr') this.words('----------');
      if (name === 'hr') this.newLine();
    } else if (name === 'td' || name === 'th') this.space = true;
    else if (name === 'img') this.words(attributes.alt ?? '');
    else if (name === 'a' && /^(?:https?|mailto):/i.test(attributes.href ?? ''))
      this.link = { address: attributes.href!.trim(), from: this.line.length, line: this.lines.length };
  }

  onclosetag(name: string): void {
    if (!this.unseen.close(name)) return;
    if (name === 'a') this.endLink();
    else if (blocks.has(name)) {
      this.endBlock(name);
      if (name === 'blockquote') {
        this.quotes = Math.max(0, this.quotes - 1);
        this.newLine();
      } else if (name === 'pre') this.pre = Math.max(0, this.pre - 1);
    }
  }

  ontext(text: string): void {
    if (this.unseen.hides) return;
    if (this.pre === 0) this.words(text);
    else
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.newLine();
        this.line.push(line);
      }
  }

  text(): string {
    if (this.line.length > 0) this.newLine();
    return this.lines.join('\n').trim();
  }

  private words(text: string): void {
    const words = text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ');
    if (words === ' ' || words === '') {
      this.space ||= words === ' ';
      return;
    }
    const first = this.line.length === 0 || this.line.at(-1) === '* ';
    const space = !first && (this.space || words.startsWith(' ')) ? ' ' : '';
    this.line.push(space + words.trim());
    this.space = words.endsWith(' ');
  }

  private newLine(): void {
    const text = this.line.join('');
    this.line = [];
    this.space = false;
    if (text === '') {
      this.gap = Math.min(this.gap ?? this.quotes, this.quotes);
      return;
    }
    const quotes = Math.min(this.quotes, deepestQuote);
    if (this.gap !== undefined && this.lines.length > 0)
      this.lines.push('> '.repeat(Math.min(this.gap, quotes)).trimEnd());
    this.gap = undefined;
    this.lines.push('> '.repeat(quotes) + text);
  }

  private endBlock(name: string): void {
    if (this.line.length > 0) this.newLine();
    if (apart.has(name)) this.newLine();
  }

  private endLink(): void {
    const link = this.link;
    this.link = undefined;
    if (!link || link.line !== this.lines.length) return;
    const shown = this.line.slice(link.from).join('').trim();
    const bare = link.address.replace(/^mailto:|^https?:\/\//i, '').replace(/\/$/, '');
    if (shown !== '' && !shown.includes(bare)) this.words(` (${link.address})`);
  }
}
