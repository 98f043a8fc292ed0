import stringWidth from 'string-width';
import type { Io, Style } from './io.js';

interface Heading {
  title: string;
  style?: Style | undefined;
}

const gap = '  ';
const narrowest = 8;

/** A table as wide as the terminal: the widest columns give way first, and what is cut ends in `…`. */
export function renderTable(headings: Heading[], rows: string[][], { columns, color }: Io): string {
  const widths = headings.map(({ title }, i) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  const room = columns - gap.length * (headings.length - 1);
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; ) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over--;
  }
  const line = (cells: string[], style: (text: string, i: number) => string) =>
    cells
      .map((cell, i) => {
        const cut = fit(cell, widths[i] ?? 0);
        const pad =
          i === cells.length - 1 ? '' : ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cut)));
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
        const style = headings[i]?.style;
        return style ? color[style](text) : text;
      }),
    ),
  ].join('\n');
}

function fit(text: string, width: number): string {
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
