import type { CsvFile } from '../../csv/open-csv.js';
import { foldText } from '../../domain/contacts/person-name.js';
import type { ListContext } from '../../domain/lists/list-context.js';
import { listDates } from '../../domain/lists/list-date.js';
import type { ListLayout } from '../../domain/lists/list-layout.js';
import type { Tools } from '../tools.js';

/** What is known of a list as a whole, for reading its rows. */
export function listContext(
  { header }: CsvFile,
  { format, trusted }: ListLayout,
  source: string,
  { workspace }: Tools,
): ListContext {
  const { country, clock, config } = workspace;
  const members = new Map<string, string>();
  for (const [key, member] of Object.entries(config.members ?? {})) {
    for (const name of [key, member.name, ...(member.emails ?? [])])
      if (typeof name === 'string') members.set(foldText(name), key);
  }
  return {
    header,
    source: { channel: 'import', name: source },
    dates: listDates(format?.dates, format?.timeZone ?? clock.timeZone),
    memberOf: (text) => members.get(foldText(text)),
    listed: {
      members: new Set(Object.keys(config.members ?? {})),
      offices: new Set(Object.keys(config.offices ?? {})),
    },
    trusted,
    ...(country ? { country } : {}),
    ...(format?.lifecycle ? { lifecycle: format.lifecycle } : {}),
  };
}
