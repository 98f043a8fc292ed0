import type { Token, Tokens } from 'marked';
import { lineOfLink } from '../domain/campaigns/links.js';

/** The two faces of a Markdown body, both still with their Liquid tags. */
export interface MarkdownTemplate {
  html: string;
  text: string;
}

/**
 * Turns Markdown with Liquid tags into HTML with Liquid tags and into plain text with Liquid tags.
 *
 * It happens before any value is filled in: so the name of a contact is never read as Markdown, and parsing costs
 * once per body, not once per person. A value that is a link's whole address is limited to web, mail and telephone.
 * @param pictures Content-IDs of the pictures that travel along, by how the body names them
 */
export async function markdownTemplate(
  source: string,
  pictures: ReadonlyMap<string, string> = new Map(),
): Promise<MarkdownTemplate> {
  const { Marked } = await import('marked');
  const marked = new Marked({ gfm: true });
  const { hidden, tags, mark } = hideTags(source);
  const one = new RegExp(`${mark}(\\d+)x`, 'g');
  const show = (text: string) => text.replace(one, (_, index) => tags[Number(index)] ?? '');

  const tokens = marked.lexer(hidden);
  marked.walkTokens(tokens, (token) => {
    if (token.type !== 'image') return;
    const image = token as Tokens.Image;
    const cid = pictures.get(show(image.href));
    if (cid !== undefined) image.href = `cid:${cid}`;
  });
  const html = String(marked.parser(tokens))
    // A paragraph of nothing but `{% if … %}` is no paragraph.
    .replace(new RegExp(`<p>((?:\\s*${mark}\\d+x)+)\\s*</p>`, 'g'), (whole, inner: string) =>
      [...inner.matchAll(one)].every(([, index]) => tags[Number(index)]?.startsWith('{%')) ? inner : whole,
    )
    .replace(
      new RegExp(`\\b(href|src|action)(\\s*=\\s*["']?\\s*)${mark}(\\d+)x`, 'gi'),
      (_, name, equals, index) => {
        const tag = tags[Number(index)] ?? '';
        return `${name}${equals}${tag.startsWith('{{') ? tag.replace(/\s*-?\}\}$/, ' | safe_url }}') : tag}`;
      },
    );
  return { html: show(html), text: show(plainBlocks(tokens)) };
}

/**
 * The pictures of a Markdown body that lie beside it, not on the web: each with its line.
 * @returns `name` as the body writes it, tags included
 */
export async function localPictures(source: string): Promise<{ name: string; line: number }[]> {
  const { Marked } = await import('marked');
  const marked = new Marked({ gfm: true });
  const { hidden, tags, mark } = hideTags(source);
  const found = new Map<string, { name: string; line: number }>();
  marked.walkTokens(marked.lexer(hidden), (token) => {
    if (token.type !== 'image') return;
    const { href } = token as Tokens.Image;
    // An address of its own; or a value, which is limited to the web.
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href) || href.startsWith(mark)) return;
    const name = href.replace(new RegExp(`${mark}(\\d+)x`, 'g'), (_, index) => tags[Number(index)] ?? '');
    const line = lineOfLink(source, name) ?? 1;
    if (!found.has(name)) found.set(name, { name, line });
  });
  return [...found.values()];
}

/** Puts marks in the place of tags, which Markdown would read as text of its own. */
function hideTags(source: string): { hidden: string; tags: string[]; mark: string } {
  const tags: string[] = [];
  const mark = unusedMark(source);
  const hidden = source.replace(
    /\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g,
    (tag) => {
      tags.push(tag);
      return `${mark}${tags.length - 1}x`;
    },
  );
  return { hidden, tags, mark };
}

/** Letters that Markdown leaves alone, even in an address, and that the source does not hold. */
function unusedMark(source: string): string {
  let mark = 'zliquidtag';
  while (source.includes(mark)) mark += 'z';
  return mark;
}

function plainBlocks(tokens: Token[]): string {
  return tokens
    .map(plainBlock)
    .filter((block) => block !== '')
    .join('\n\n');
}

function plainBlock(token: Token): string {
  switch (token.type) {
    case 'space':
    case 'def':
      return '';
    case 'hr':
      return '----';
    case 'code':
      return (token as Tokens.Code).text;
    case 'html':
      return plainHtml((token as Tokens.HTML).text).trim();
    case 'blockquote':
      return plainBlocks((token as Tokens.Blockquote).tokens).replace(/^/gm, '> ');
    case 'list': {
      const list = token as Tokens.List;
      return list.items
        .map((item, index) => {
          const bullet = list.ordered ? `${Number(list.start || 1) + index}. ` : '- ';
          return bullet + plainBlocks(item.tokens).replace(/\n/g, `\n${' '.repeat(bullet.length)}`);
        })
        .join(list.loose ? '\n\n' : '\n');
    }
    case 'table': {
      const table = token as Tokens.Table;
      return [table.header, ...table.rows]
        .map((row) => row.map((cell) => plainInline(cell.tokens)).join(' | '))
        .join('\n');
    }
    default:
      return plainInline('tokens' in token && token.tokens ? token.tokens : [token]).trim();
  }
}

function plainInline(tokens: Token[]): string {
  return tokens.map(plainSpan).join('');
}

function plainSpan(token: Token): string {
  switch (token.type) {
    case 'br':
      return '\n';
    case 'html':
      return plainHtml((token as Tokens.Tag).text);
    case 'image':
      return (token as Tokens.Image).text;
    case 'link': {
      const { tokens, href } = token as Tokens.Link;
      const words = plainInline(tokens);
      return words === href || `mailto:${words}` === href || words === ''
        ? words || href
        : `${words} (${href})`;
    }
    case 'codespan':
      return (token as Tokens.Codespan).text;
    default:
      if ('tokens' in token && token.tokens) return plainInline(token.tokens);
      return 'text' in token ? plainEntities(String(token.text)) : '';
  }
}

function plainHtml(html: string): string {
  return plainEntities(html.replace(/<br\s*\/?>/gi, '\n').replace(/<!--[\s\S]*?-->|<[^<>]*>/g, ''));
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

function plainEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? '');
}
