import { foldText } from '../contacts/person-name.js';
import { amountOf, currencyOf } from './amount.js';
import type { ListContext } from './list-context.js';
import type { Row } from './row.js';
import { customOf } from './row-custom.js';
import { identifiersOf } from './row-values.js';
import type { TargetField } from './target.js';

/** One row of a list of deals. */
export interface RowDeal {
  /** Front matter, without contact and company. */
  deal: Record<string, unknown> & { title: string };
  /** `system:identifier` of whom it is about. */
  contacts: string[];
  companies: string[];
  note?: string;
  key: string;
  ids: string[];
  problems: string[];
}

const none: ReadonlySet<TargetField> = new Set();
const longestStage = 100;

/** One row as a deal, or why there is none. */
export function dealFromRow(row: Row, context: ListContext): RowDeal | { refused: string } {
  const title = row.one('title');
  const stage = row.one('stage');
  if (title === undefined) return { refused: 'the row has no name of a deal' };
  if (stage === undefined) return { refused: 'the row says no stage' };
  const problems: string[] = [];
  const identifiers = identifiersOf(row);
  const read = (field: TargetField, reader: (text: string) => string | undefined, fault?: string) => {
    const text = row.one(field);
    const value = text === undefined ? undefined : reader(text);
    if (text === undefined || value !== undefined) return value;
    if (fault) problems.push(`${JSON.stringify(text.slice(0, 200))} ${fault}`);
    row.leave(field);
    return undefined;
  };
  const amount = read('amount', amountOf, 'is no amount');
  const currency =
    read('currency', (text) => (/^[A-Z]{3}$/.test(text) ? text : undefined)) ??
    currencyOf(row.one('amount') ?? '') ??
    'EUR';
  const deal: RowDeal['deal'] = {
    title,
    stage: stage.slice(0, longestStage),
    value: amount === undefined ? undefined : { amount, currency },
    expected_close: read('close', (text) => context.dates(text)?.slice(0, 10), 'is no date'),
    owner: read('owner', (text) => context.memberOf?.(text)),
    source: context.source?.name,
    identifiers: Object.keys(identifiers).length > 0 ? identifiers : undefined,
  };
  try {
    deal.custom = customOf(row, context.header, none, context.dates);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { refused: `the row has ${error.message}` };
  }
  const ids = Object.entries(identifiers).map(([system, value]) => `${system}:${value}`);
  const related = (field: TargetField) =>
    [...row.all(field)].flatMap(({ slot, text }) =>
      text.split(/[;,|]/).map((id) => `${slot.label ?? ''}:${id.trim()}`),
    );
  return {
    deal,
    contacts: related('contact_id'),
    companies: related('company_id'),
    key: ids[0] === undefined ? `deal:${row.cells.map((cell) => foldText(cell)).join('|')}` : `id:${ids[0]}`,
    ids,
    problems,
  };
}
