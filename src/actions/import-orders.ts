import { unguarded } from '../csv/formula.js';
import { openCsv, rowsOf } from '../csv/open-csv.js';
import { type DateOrder, dateOrder, stampReader } from '../domain/eventlog/stamps.js';
import { orderFaults } from '../domain/orders/contradictions.js';
import type { Order } from '../domain/orders/order.js';
import { knownShopNames, recogniseShopColumns } from '../domain/orders/shop-file/columns.js';
import { cellOf, readOrders, type ShopOrder, timeFields } from '../domain/orders/shop-file/read-orders.js';
import { type Difference, reconcile } from '../domain/orders/shop-file/reconcile.js';
import { derivedId } from '../domain/records/derived-id.js';
import { isoDate, startOf } from '../domain/time/clock.js';
import type { Change, StoredRecord } from '../workspace/records.js';
import { newRecord } from './new-record.js';
import { OrderParties, type Party } from './orders/order-parties.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ImportOrdersOptions {
  input: Uint8Array;
  /** The file's name, for messages. */
  path: string;
  /** Whose word stands where the record and the file differ. */
  prefer?: 'file' | 'record';
  dates?: DateOrder;
}

/** In the keys of `--json`. rows = created + updated + unchanged + refused, each row by what became of its order. */
export interface ImportOrdersReport {
  format: 'orders';
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Orders that the file holds, without the refused. */
  orders: number;
  columns: Record<string, string>;
  errors: { line: number; message: string }[];
  /** Orders of people whom nobody on file is known to be: they are kept without one. */
  unknown: { line: number; number: string; customer: Record<string, string>; why: string }[];
  /** On file, placed in the time that the file covers, and not in it. */
  missing: { number: string; ref: string; placed_at: string }[];
  /** What the record and the file say differently; the record stays, unless the file is preferred. */
  differs: ({ line: number; number: string; ref: string } & Difference)[];
}

export interface ImportOrdersPlan {
  report: ImportOrdersReport;
  changes: Change[];
}

/**
 * Works out what the shop's list of orders changes. The shop has the orders, and Itaca refers to them: what is on file is
 * filled and what differs is told; nobody is put on file because he ordered. Ids derive from the numbers, so that a second
 * import changes nothing.
 * @throws ItacaError `invalid` for what is no list of orders
 */
export async function planImportOrders(
  { input, path, prefer, dates }: ImportOrdersOptions,
  tools: Tools,
): Promise<ImportOrdersPlan> {
  const { workspace, clock } = tools;
  const csv = openCsv(input, { known: knownShopNames, path });
  const columns = recogniseShopColumns(csv.header, path);
  const rows = [...rowsOf(csv)]
    .map(({ line, cells }) => ({ line, cells: cells.map(unguarded) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const stamps = function* () {
    for (const row of rows)
      for (const field of timeFields) yield { text: cellOf(row, columns, field), line: row.line };
  };
  const time = stampReader(clock.timeZone, dates ?? dateOrder(stamps(), workspace.country, path));
  const { orders, numbers, refused, errors } = readOrders(rows, columns, csv.header.length, time);
  const report: ImportOrdersReport = {
    format: 'orders',
    rows: rows.length,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused,
    orders: orders.length,
    columns: Object.fromEntries(
      Object.entries(columns).map(([field, at]) => [field, csv.header[at] ?? String(at + 1)]),
    ),
    errors,
    unknown: [],
    missing: [],
    differs: [],
  };
  const index = await workspace.index();
  const onFile = new Map(
    index.list({ kinds: ['order'] }).map((one) => [String(one.data.number).toLowerCase(), one]),
  );
  const parties = new OrderParties(index);
  const dayOf = (when: string) => (when.length === 10 ? when : isoDate(Date.parse(when), clock.timeZone));
  const changes: Change[] = [];
  for (const order of orders) {
    const record = onFile.get(order.number.toLowerCase());
    const party = parties.of(order);
    const data = dataOf(order, record, party);
    const { set, differs } = reconcile(record?.data ?? {}, data, prefer === 'file', dayOf);
    if (party.contact && record?.data.customer !== undefined) set.customer = '';
    const fault = faultOf(order, { ...record?.data, ...set }, clock);
    if (fault) {
      report.refused += order.rows;
      report.orders--;
      report.errors.push({ line: order.line, message: `order ${order.number}: ${fault.message}` });
      continue;
    }
    const { number, line } = order;
    if (!party.contact && record?.data.contact === undefined)
      report.unknown.push({ line, number, customer: party.customer ?? {}, why: party.why });
    if (!record) {
      const id = derivedId(workspace.config.id, 'order', number.toLowerCase());
      const options = { title: number, id, expected: orders.length };
      changes.push(await newRecord('order', { number, ...set }, options, tools));
      report.created += order.rows;
      continue;
    }
    for (const one of differs) report.differs.push({ line, number, ref: record.ref, ...one });
    if (Object.keys(set).length > 0)
      changes.push({ op: 'update', kind: 'order', id: record.id, path: record.path, set });
    report[Object.keys(set).length > 0 ? 'updated' : 'unchanged'] += order.rows;
  }
  report.errors.sort((a, b) => a.line - b.line);
  report.missing = missingIn(orders, numbers, onFile.values(), dayOf);
  return { report, changes };
}

/** Why an order cannot be taken over. @param data as it would be on file */
function faultOf(
  order: ShopOrder,
  data: Record<string, unknown>,
  { now, timeZone }: Tools['clock'],
): { message: string } | undefined {
  const [fault] = orderFaults(data);
  if (fault) return fault;
  if (order.cancelled && data.cancelled_at === undefined)
    return { message: 'it is cancelled, and nothing says when, or when it was placed' };
  const key = (['placed_at', 'shipped_at', 'delivered_at', 'cancelled_at'] as const).find(
    (one) => (startOf(order[one] ?? '', timeZone) ?? 0) > now(),
  );
  return key && { message: `${key}: ${order[key]} is still to come` };
}

/** Writes what was planned, in one commit. */
export async function applyImportOrders({ report, changes }: ImportOrdersPlan, tools: Tools): Promise<void> {
  const { created, updated } = report;
  await write(changes, { subject: `import orders: ${created} rows created, ${updated} updated` }, tools);
}

/** What the shop says of an order, in the keys of a record. */
function dataOf(
  order: ShopOrder,
  record: StoredRecord | undefined,
  { contact, agreement, customer }: Party,
): Record<string, unknown> {
  const { placed_at, promised_by, shipped_at, delivered_at, cancelled_at, cancelled, lines, tracking } =
    order;
  return {
    contact,
    agreement,
    placed_at,
    lines: lines.length > 0 ? lines : undefined,
    promised_by,
    shipped_at,
    delivered_at,
    cancelled_at: cancelled_at ?? (cancelled ? lastDay(order, record) : undefined),
    tracking,
    customer: record?.data.contact === undefined ? customer : undefined,
  };
}

/**
 * The day of an order that the shop calls cancelled without saying when: the last that is known of it, for it was not
 * cancelled before; undefined where none is, or the record has one.
 */
function lastDay({ placed_at, shipped_at }: ShopOrder, record: StoredRecord | undefined): string | undefined {
  const { cancelled_at, shipped_at: shipped, placed_at: placed } = (record?.data ?? {}) as Partial<Order>;
  return cancelled_at === undefined
    ? (shipped_at ?? shipped ?? placed_at ?? placed)?.slice(0, 10)
    : undefined;
}

/** Orders on file of the days that the list covers, which it does not hold. */
function missingIn(
  orders: readonly ShopOrder[],
  numbers: ReadonlySet<string>,
  onFile: Iterable<StoredRecord>,
  dayOf: (when: string) => string,
): ImportOrdersReport['missing'] {
  let [first, last] = ['9', ''];
  for (const { placed_at } of orders) {
    if (placed_at === undefined) continue;
    const day = dayOf(placed_at);
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [...onFile].flatMap(({ data, ref }) => {
    const { number, placed_at, cancelled_at } = data as { number: string } & Record<
      string,
      string | undefined
    >;
    if (placed_at === undefined || cancelled_at !== undefined || numbers.has(number.toLowerCase())) return [];
    const day = dayOf(placed_at);
    return day < first || day > last ? [] : [{ number, ref, placed_at }];
  });
}
