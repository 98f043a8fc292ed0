const heights = '▁▂▃▄▅▆▇█';
const eighths = ' ▏▎▍▌▋▊▉█';

/** A row of columns, one for each number, the highest as high as a letter; a dot stands for nothing. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  return values
    .map((value) => (value > 0 ? heights[Math.ceil((value / most) * heights.length) - 1] : '·'))
    .join('');
}

/**
 * A bar, filled to the eighth of a character.
 * @param share 0 to 1; what lies outside is drawn as its nearest end
 * @param width in characters
 */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const whole = '█'.repeat(Math.floor(filled / 8));
  const rest = filled % 8 === 0 ? '' : eighths[filled % 8];
  return `${whole}${rest}`.padEnd(width);
}

/** A share as people read it, with a bar beside it: `87 % ████▎ `; nothing where there is none. */
export function shareBar(share: unknown): string {
  if (typeof share !== 'number') return '';
  return `${String(Math.round(share * 100)).padStart(3)} % ${bar(share, 8)}`;
}
