import { type Money, money } from '../cases/remedy.js';
import { ItacaError } from '../error.js';

/** What was ordered, so many times, at the price of one. */
interface Line {
  title: string;
  quantity: number;
  price?: Money;
}

/**
 * Reads a line of an order as a person types it: `2 x Un'estate a Comacchio @ 16.50 EUR`; one where no number is said.
 * @throws ItacaError `usage` for a line without a title, for none or fewer of it, or with what is no price
 */
export function readLine(text: string): Line {
  const at = text.lastIndexOf(' @ ');
  const price = at < 0 ? undefined : text.slice(at + 3).trim();
  const [, count, rest] = /^\s*(\d{1,6})\s?[x×*]\s(.*)$/s.exec(at < 0 ? text : text.slice(0, at)) ?? [];
  const [, wrong] = /^\s*(-\d{1,6}|0+)\s?[x×*]\s/.exec(text) ?? [];
  if (wrong !== undefined)
    throw new ItacaError('usage', `--line ${text}: ${wrong} is no quantity`, {
      hint: 'write it as "2 x Danubio minore @ 16.50 EUR"; what comes back is no order: itaca order cancel',
    });
  const title = (rest ?? (at < 0 ? text : text.slice(0, at))).trim();
  if (title === '')
    throw new ItacaError('usage', `--line ${text}: what was ordered?`, {
      hint: 'write it as "2 x Danubio minore @ 16.50 EUR"',
    });
  return { title, quantity: Number(count ?? 1), ...(price === undefined ? {} : { price: money(price) }) };
}
