import { foldCompanyName } from '../companies/company-name.js';
import { foldText } from '../contacts/person-name.js';
import { valuesOf } from '../exports/from-cells.js';
import { schemas } from '../records/kinds.js';
import { strangerFault } from '../records/stranger-faults.js';
import { birthdayOf } from './birthday.js';
import { languageCode } from './code-of-name.js';
import type { RowCompany } from './company-from-row.js';
import type { RowContact } from './contact-from-row.js';
import { lifecycleOf } from './lifecycle-of.js';
import type { ListContext } from './list-context.js';
import { addressOf, emailOf, firstAddress, phoneOf } from './own-items.js';
import { isRead, type OwnSheet } from './own-sheet.js';
import type { Row } from './row.js';

/** A row of our own sheet: a person or a firm. */
interface OwnRow {
  /** Front matter; of a person without the firm. */
  data: Record<string, unknown> & { name: string };
  /** The name of a person's firm. */
  company?: string;
  note?: string;
  /** The record that the row was made of; absent for a row that somebody added. */
  id?: string;
  key: string;
  ids: string[];
  problems: string[];
}

/** What is written otherwise by somebody who edits the sheet, or by the spreadsheet itself. */
const readers: Readonly<Record<string, (text: string) => string | undefined>> = {
  language: languageCode,
  birthday: birthdayOf,
  lifecycle: lifecycleOf,
};

/**
 * Reads the rows of our own sheet of people, in their order. What a record cannot hold is told and left out.
 * @returns a function: a row → the person, or why it is refused
 */
export function ownPeople(
  sheet: OwnSheet,
  context: ListContext,
): (row: Row) => RowContact | { refused: string } {
  const read = ownRows(sheet, context);
  return ({ cells }) => {
    const row = read(cells);
    if ('refused' in row) return row;
    const { data, ...others } = row;
    return { ...others, contact: data };
  };
}

/** Likewise of a sheet of firms. */
export function ownFirms(
  sheet: OwnSheet,
  context: ListContext,
): (row: Row) => RowCompany | { refused: string } {
  const read = ownRows(sheet, context);
  return ({ cells }) => {
    const row = read(cells);
    if ('refused' in row) return row;
    const { data, ...others } = row;
    return { ...others, company: data };
  };
}

function ownRows(
  { format, places }: OwnSheet,
  context: ListContext,
): (cells: readonly string[]) => OwnRow | { refused: string } {
  const shape: Readonly<Record<string, { safeParse(value: unknown): Parsed }>> =
    schemas[format.object as 'contact' | 'company'].shape;
  const isContact = format.object === 'contact';
  const read = places.filter(isRead);
  const columns = places.flatMap((place, column) => (isRead(place) ? [column] : []));
  const seen = new Set<string>();
  const strangers = new Set<string>();
  return (row) => {
    const cells = columns.map((column) => row[column] ?? '');
    const { id, note, company, ...values } = valuesOf(read, cells) as Record<string, unknown> & Texts;
    if (id !== undefined && seen.has(id))
      return { refused: `the id ${id} is that of a row before; leave the cell empty for somebody new` };
    if (id !== undefined) seen.add(id);
    const problems: string[] = [];
    const data: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(values)) {
      const taken = shape[key]!.safeParse(understood(key, value, problems));
      if (taken.success) data[key] = taken.data;
      else
        problems.push(
          `${key}: ${JSON.stringify(value).slice(0, 200)} is left out: ${taken.error!.issues[0]?.message}`,
        );
    }
    const email = firstAddress(data.emails);
    const name = data.name ?? email;
    if (typeof name !== 'string') return { refused: 'the row has no name' };
    if (id === undefined && isContact) data.source ??= context.source;
    return {
      data: { ...data, name },
      ...(company === undefined ? {} : { company }),
      ...(note === undefined ? {} : { note }),
      ...(id === undefined ? {} : { id }),
      key: id === undefined ? keyOf(name, email, row) : `itaca:${id}`,
      ids: [],
      problems,
    };
  };

  /** Of what somebody added. */
  function keyOf(name: string, email: string | undefined, row: readonly string[]): string {
    if (!isContact) return foldCompanyName(name) || name;
    return email === undefined ? `row:${row.map((cell) => foldText(cell)).join('|')}` : `email:${email}`;
  }

  function understood(key: string, value: unknown, problems: string[]): unknown {
    if (key === 'owner') return listed(key, context.memberOf?.(String(value)) ?? String(value), problems);
    if (key === 'office') return listed(key, String(value), problems);
    if (key === 'emails') return (value as unknown[]).map((item) => emailOf(item, problems));
    if (key === 'phones') return (value as unknown[]).map(phoneOf);
    if (key === 'addresses') return (value as unknown[]).map((item) => addressOf(item, problems));
    return readers[key]?.(String(value)) ?? value;
  }

  /** A member or an office; one that this workspace does not know is left out, and told once. */
  function listed(key: string, name: string, problems: string[]): string | undefined {
    const [known, noun] =
      key === 'owner' ? [context.listed?.members, 'member'] : [context.listed?.offices, 'office'];
    const [fault] = strangerFault([key], name, known ?? new Set(), noun);
    if (fault && !strangers.has(fault.message)) problems.push(fault.message);
    if (fault) strangers.add(fault.message);
    return fault ? undefined : name;
  }
}

interface Texts {
  id?: string;
  note?: string;
  company?: string;
}

interface Parsed {
  success: boolean;
  data?: unknown;
  error?: { issues: { message: string }[] };
}
