import { foldCompanyName } from '../companies/company-name.js';
import type { ListContext } from './list-context.js';
import { saysYes } from './opt-out.js';
import { postalAddresses } from './postal-columns.js';
import type { Row } from './row.js';
import { customOf } from './row-custom.js';
import { identifiersOf, phonesOf, tagsOf } from './row-values.js';
import type { TargetField } from './target.js';

/** One row of a list of firms. */
export interface RowCompany {
  /** Front matter, without the parent. */
  company: Record<string, unknown> & { name: string };
  /** `system:identifier` of the firm above it. */
  parent?: string;
  note?: string;
  key: string;
  /** The record on file, where the source names it. */
  id?: string;
  ids: string[];
  problems: string[];
}

/** Fields that a firm has no place for; its website is a domain. */
const noPlace: ReadonlySet<TargetField> = new Set([
  'email',
  'given_name',
  'family_name',
  'title',
  'birthday',
  'language',
  'lifecycle',
  'consent',
  'status',
  'source',
  'company_id',
  'contact_id',
]);

/** One row as a firm, or why there is none. */
export function companyFromRow(row: Row, context: ListContext): RowCompany | { refused: string } {
  const name = row.one('name') ?? row.one('company');
  if (saysYes(row.one('deleted') ?? '')) return { refused: 'the row is marked as deleted' };
  const problems: string[] = [];
  const identifiers = identifiersOf(row);
  const nameless =
    name === undefined || (foldCompanyName(name) === '' && Object.keys(identifiers).length === 0);
  if (nameless) return { refused: 'the row has no name of a firm' };
  const ownerText = row.one('owner');
  const owner = ownerText === undefined ? undefined : context.memberOf?.(ownerText);
  if (owner === undefined) row.leave('owner');
  const company: RowCompany['company'] = {
    name,
    vat: row.one('vat'),
    domains: some([...new Set([...domainsOf(row, 'domain'), ...domainsOf(row, 'url')])]),
    phones: some(phonesOf(row, problems)),
    addresses: some(postalAddresses(row, problems)),
    industry: row.one('industry'),
    owner,
    tags: some(tagsOf(row)),
    identifiers: Object.keys(identifiers).length > 0 ? identifiers : undefined,
  };
  try {
    company.custom = customOf(row, context.header, noPlace, context.dates);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { refused: `the row has ${error.message}` };
  }
  const ids = Object.entries(identifiers).flatMap(([system, value]) =>
    context.trusted?.has(system) ? [`${system}:${value}`] : [],
  );
  const [parent] = row.all('parent_id');
  const note = [...row.all('notes')].map(({ text }) => text).join('\n\n');
  return {
    company,
    ...(parent?.slot.label ? { parent: `${parent.slot.label}:${parent.text}` } : {}),
    ...(note === '' ? {} : { note }),
    key: ids[0] === undefined ? foldCompanyName(name) : `id:${ids[0]}`,
    ids,
    problems,
  };
}

const some = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);

/** Host names out of `https://www.acme.it/it` and `acme.it`; what is none is left to be kept as it is. */
function domainsOf(row: Row, field: TargetField): string[] {
  return [...row.all(field)].flatMap(({ slot, text }) => {
    const [, host] = /^(?:https?:\/\/)?(?:www\.)?([^\s/?#:@]{3,253})(?:[/?#:]|$)/i.exec(text) ?? [];
    if (host !== undefined && /^[^.]+(?:\.[^.]+)+$/.test(host)) return [host.toLowerCase()];
    row.unread.add(slot.column);
    return [];
  });
}
