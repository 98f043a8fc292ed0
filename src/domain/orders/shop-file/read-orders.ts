import type { Stamp } from '../../eventlog/stamps.js';
import { amountOf } from './amount.js';
import type { ShopColumns, ShopField } from './columns.js';
import { shopStatus } from './status.js';

/** A line of an order, as the shop has it. */
export interface ShopLine {
  sku?: string;
  title?: string;
  quantity?: number;
  price?: { amount: string; currency: string } | string;
}

/** An order, as the shop has it. Times are ISO 8601 with offset, or dates where the shop has no more. */
export interface ShopOrder {
  number: string;
  /** Where it begins in the file. */
  line: number;
  /** How many rows it takes. */
  rows: number;
  email?: string;
  customer_number?: string;
  name?: string;
  agreement?: string;
  placed_at?: string;
  promised_by?: string;
  shipped_at?: string;
  delivered_at?: string;
  cancelled_at?: string;
  /** Whether the shop calls all of it cancelled, with or without a date. */
  cancelled?: boolean;
  tracking?: string;
  lines: ShopLine[];
}

/** What a file says, row by row. */
export interface ShopFile {
  orders: ShopOrder[];
  /** Numbers of all orders that it names, in lower case, of the refused ones too. */
  numbers: Set<string>;
  /** Rows of orders that are refused. */
  refused: number;
  errors: { line: number; message: string }[];
}

interface Row {
  line: number;
  cells: readonly string[];
}

export const timeFields = ['placed_at', 'promised_by', 'shipped_at', 'delivered_at', 'cancelled_at'] as const;

/** Words of a column of times that say that it happened, and not when. */
const happened = /^(?:s[iì]|x|yes|y|ja|j|true|vero|wahr|1|✓|✔)$/i;

/** Words of a column of times that say that it did not happen. */
const notYet = /^(?:-+|–|no|nein|n|false|0|n\/a|null)$/i;

const longestNumber = 100;

/**
 * Joins the rows of a shop's list to orders: rows with one number are one order, and what a row leaves empty another row
 * of it says. Where a row of an order cannot be read the order is refused whole, for a part of it would be wrong.
 * @param header how many columns it has
 * @param time reads a stamp
 */
export function readOrders(
  rows: Iterable<Row>,
  columns: ShopColumns,
  header: number,
  time: (text: string) => Stamp | { wrong: string },
): ShopFile {
  const groups = new Map<string, { order: ShopOrder; bad: boolean }>();
  const file: ShopFile = { orders: [], numbers: new Set(), refused: 0, errors: [] };
  for (const row of rows) {
    const number = cellOf(row, columns, 'number').replace(/^#\s*/, '');
    const refuse = (message: string) => file.errors.push({ line: row.line, message });
    const wide = row.cells.slice(header).some((cell) => cell !== '');
    if (number === '' || number.length > longestNumber || wide) {
      file.refused++;
      refuse(
        number === ''
          ? 'the row has no order number'
          : number.length > longestNumber
            ? `an order number has at most ${longestNumber} characters`
            : `the row has ${row.cells.length} cells, the header ${header}`,
      );
      continue;
    }
    const key = number.toLowerCase();
    file.numbers.add(key);
    const group = groups.get(key) ?? { order: { number, line: row.line, rows: 0, lines: [] }, bad: false };
    groups.set(key, group);
    group.order.rows++;
    const fault = addRow(group.order, row, columns, time);
    if (fault === undefined) continue;
    group.bad = true;
    refuse(`order ${number}: ${fault}`);
  }
  for (const { order, bad } of groups.values()) {
    if (bad) file.refused += order.rows;
    else file.orders.push(order);
  }
  return file;
}

/** What a field of a row says; empty where it says nothing. */
export function cellOf({ cells }: Row, columns: ShopColumns, field: ShopField): string {
  const at = columns[field];
  const cell = at === undefined ? '' : (cells[at] ?? '').trim();
  return (timeFields as readonly string[]).includes(field) && notYet.test(cell) ? '' : cell;
}

/** Takes what a row says into its order. @returns what is wrong with the row */
function addRow(
  order: ShopOrder,
  row: Row,
  columns: ShopColumns,
  time: (text: string) => Stamp | { wrong: string },
): string | undefined {
  const cell = (field: ShopField) => cellOf(row, columns, field);
  for (const field of ['email', 'customer_number', 'agreement', 'name'] as const) {
    const said = cell(field);
    if (said === '') continue;
    if (order[field] !== undefined && order[field]?.toLowerCase() !== said.toLowerCase() && field !== 'name')
      return `it says ${said}, another row ${order[field]}`;
    order[field] ??= said;
  }
  for (const field of timeFields) {
    const said = cell(field);
    if (said === '' || (field === 'cancelled_at' && happened.test(said))) continue;
    const stamp = time(said);
    if ('wrong' in stamp) return stamp.wrong;
    const when = said.includes(':') ? stamp.text : stamp.text.slice(0, 10);
    const before = order[field];
    // It was placed with its first line; it is there with its last one.
    const later = before === undefined || Date.parse(before) < stamp.ms;
    if (before === undefined || (field === 'placed_at' ? !later : later)) order[field] = when;
  }
  const tracking = cell('tracking');
  if (tracking !== '' && !order.tracking?.split(', ').includes(tracking))
    order.tracking = order.tracking === undefined ? tracking : `${order.tracking}, ${tracking}`;
  return addStatus(order, cell) ?? addLine(order, cell);
}

/** Whether the order is cancelled: by a date, a yes, or the word for its state. One row that stands keeps it open. */
function addStatus(order: ShopOrder, cell: (field: ShopField) => string): string | undefined {
  const [word, flag] = [cell('status'), cell('cancelled_at')];
  const status = word === '' ? undefined : shopStatus(word);
  const dated = flag !== '' || cell('shipped_at') !== '' || cell('delivered_at') !== '';
  if (word !== '' && status === undefined && !dated)
    return `its status "${word.slice(0, 60)}" is not known; known are words such as paid, shipped, delivered and cancelled`;
  // What came back after it was delivered was delivered all the same.
  const over = status === 'cancelled' || (status === 'returned' && cell('delivered_at') === '');
  if (over || flag !== '') order.cancelled ??= true;
  else if (status !== undefined) order.cancelled = false;
  return undefined;
}

function addLine(order: ShopOrder, cell: (field: ShopField) => string): string | undefined {
  const [sku, title, count, cost] = [cell('sku'), cell('title'), cell('quantity'), cell('price')];
  if (sku === '' && title === '' && count === '') return undefined;
  const quantity = count === '' ? undefined : Number(amountOf(count)?.amount);
  if (quantity !== undefined && (!Number.isFinite(quantity) || quantity < 0))
    return `"${count}" is no quantity`;
  const price = cost === '' ? undefined : amountOf(cost);
  if (cost !== '' && price === undefined) return `"${cost}" is no price`;
  const currency = price?.currency ?? cell('currency').toUpperCase();
  order.lines.push({
    ...(sku === '' ? {} : { sku }),
    ...(title === '' ? {} : { title }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined
      ? {}
      : { price: /^[A-Z]{3}$/.test(currency) ? { amount: price.amount, currency } : price.amount }),
  });
  return undefined;
}
