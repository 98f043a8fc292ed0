import stringWidth from 'string-width';
import type { Io, Style } from './io.js';

interface Heading {
  title: string;
  style?: Style | undefined;
  strong?: ((word: string) => boolean) | undefined;
  flex?: boolean | undefined;
  optional?: boolean | undefined;
}

const gap = '  ';
const narrowest = 8;
const narrowestFlexible = 16;

/**
 * A table that fits the terminal: where it is narrow, optional columns go, the last first, then the widest flexible
 * columns give way. What is cut ends in `…`; an id is never cut.
 */
export function renderTable(headings: Heading[], rows: string[][], { columns, color }: Io): string {
  const natural = headings.map(({ title }, i) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  const least = (i: number) =>
    Math.min(natural[i] ?? 0, headings[i]?.flex ? narrowestFlexible : (natural[i] ?? 0));
  const shown = headings.map((_, i) => i);
  const total = (width: (i: number) => number) =>
    shown.reduce((sum, i) => sum + width(i) + gap.length, -gap.length);
  for (let i = headings.length - 1; i >= 0 && total(least) > columns; i--) {
    if (headings[i]?.optional) shown.splice(shown.indexOf(i), 1);
  }
  const widths = [...natural];
  for (let over = total((i) => widths[i] ?? 0) - columns; over > 0; over--) {
    const candidates = widths.map((width, i) => (shown.includes(i) && headings[i]?.flex ? width : 0));
    const widest = candidates.indexOf(Math.max(...candidates));
    if ((candidates[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const line = (cells: string[], style: (text: string, i: number) => string) =>
    shown
      .map((i, position) => {
        const cut = shorten(cells[i] ?? '', widths[i] ?? 0);
        const pad =
          position === shown.length - 1 ? '' : ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cut)));
        return style(cut, i) + pad;
      })
      .join(gap)
      .trimEnd();
  return [
    line(
      headings.map(({ title }) => title.toUpperCase()),
      (text) => color.dim(text),
    ),
    ...rows.map((row) =>
      line(row, (text, i) => {
        const { style, strong } = headings[i] ?? {};
        if (style) return color[style](text);
        return strong
          ? text.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => (strong(word) ? color.bold(word) : word))
          : text;
      }),
    ),
  ].join('\n');
}

function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const size = stringWidth(segment);
    if (used + size > width - 1) break;
    cut += segment;
    used += size;
  }
  return `${cut}…`;
}
