import { startOf } from './clock.js';
import type { BoundedPeriod } from './period.js';

const longestSpan = 120;

/**
 * Names the calendar months of a zone, `2026-11`. Reports ask it for half a million moments, so it asks the zone once
 * for each month and not for each moment.
 */
export class Months {
  private readonly begins = new Map<number, number>();

  constructor(private readonly timeZone: string) {}

  /** The month that a moment, in epoch milliseconds, lies in. */
  of(at: number): string {
    return nameOf(this.numberOf(at));
  }

  /** The whole month that a moment lies in. */
  around(at: number): BoundedPeriod & { month: string } {
    const number = this.numberOf(at);
    return { month: nameOf(number), since: this.beginOf(number), until: this.beginOf(number + 1) };
  }

  /**
   * The months of moments, in order; with those between them, in which nothing was, unless that is more than ten years:
   * then one of the moments is a slip.
   */
  spanned(moments: Iterable<{ at: number }>): string[] {
    const numbers = [...new Set([...moments].map(({ at }) => this.numberOf(at)))].sort((a, b) => a - b);
    const [first = 0, last = first] = [numbers[0], numbers.at(-1)];
    if (numbers.length === 0 || last - first >= longestSpan) return numbers.map(nameOf);
    return Array.from({ length: last - first + 1 }, (_, i) => nameOf(first + i));
  }

  private numberOf(at: number): number {
    const utc = new Date(at);
    const guess = utc.getUTCFullYear() * 12 + utc.getUTCMonth();
    if (at < this.beginOf(guess)) return guess - 1;
    return at >= this.beginOf(guess + 1) ? guess + 1 : guess;
  }

  private beginOf(month: number): number {
    let begin = this.begins.get(month);
    if (begin === undefined) {
      begin = startOf(`${nameOf(month)}-01`, this.timeZone) ?? Number.NaN;
      this.begins.set(month, begin);
    }
    return begin;
  }
}

/** @param month counted from the year 0 */
function nameOf(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}
