import type { CsvRow } from '../../csv/read-rows.js';
import { activityFromRow } from '../../domain/lists/activity-from-row.js';
import { companyFromRow } from '../../domain/lists/company-from-row.js';
import { contactFromRow } from '../../domain/lists/contact-from-row.js';
import { dealFromRow } from '../../domain/lists/deal-from-row.js';
import type { ListContext } from '../../domain/lists/list-context.js';
import type { ListLayout } from '../../domain/lists/list-layout.js';
import { ownFirms, ownPeople } from '../../domain/lists/own-row.js';
import { Row } from '../../domain/lists/row.js';
import { suppressionFromRow } from '../../domain/lists/suppression-from-row.js';
import { isoInstant, startOf } from '../../domain/time/clock.js';
import { bringInActivities } from '../import-people/activities.js';
import { bringInPeople } from '../import-people/bring-in.js';
import { bringInCompanies } from '../import-people/companies.js';
import { bringInDeals } from '../import-people/deals.js';
import type { BringInOptions } from '../import-people/entry.js';
import { bringInSuppressions } from '../import-people/suppressions.js';
import type { Tools } from '../tools.js';
import { cellRows } from './cell-rows.js';

interface List {
  layout: ListLayout;
  context: ListContext;
  given: BringInOptions;
}

/** Brings in the rows of a list as what they are: people, firms, deals, interactions or suppressions. */
export function takeRows(rows: readonly CsvRow[], { layout, context, given }: List, tools: Tools) {
  const { timeZone } = tools.workspace.clock;
  const instant = (text: string) => {
    const date = context.dates(text);
    const start = date?.length === 10 ? startOf(date, timeZone) : undefined;
    return start === undefined ? date : isoInstant(start, timeZone);
  };
  const read = <T extends object>(reader: (row: Row) => T | { refused: string }) =>
    cellRows(rows, context.header, (cells) => reader(new Row(cells, layout.slots)));
  const { own } = layout;
  switch (layout.format?.object) {
    case 'company':
      return bringInCompanies(
        read(own ? ownFirms(own, context) : (row) => companyFromRow(row, context)),
        given,
        tools,
      );
    case 'deal':
      return bringInDeals(
        read((row) => dealFromRow(row, context)),
        given,
        tools,
      );
    case 'interaction':
      return bringInActivities(
        read((row) => activityFromRow(row, context, instant)),
        given,
        tools,
      );
    case 'suppression': {
      const reason = layout.format.reason ?? 'unsubscribed';
      return bringInSuppressions(
        read((row) => suppressionFromRow(row, context, reason)),
        given,
        tools,
      );
    }
    default:
      return bringInPeople(
        read(own ? ownPeople(own, context) : (row) => contactFromRow(row, context)),
        given,
        tools,
      );
  }
}
