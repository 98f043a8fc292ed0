import type { RowSuppression } from '../../domain/lists/suppression-from-row.js';
import type { Change } from '../../workspace/records.js';
import type { Tools } from '../tools.js';
import type { BringInOptions, BringInReport, Refused } from './entry.js';
import { Session } from './session.js';

type Entry = RowSuppression & { line: number };

/** Works out which addresses a list takes from all later messages. Nobody is put on file for having gone. */
export async function bringInSuppressions(
  entries: Iterable<Entry | Refused>,
  options: BringInOptions,
  tools: Tools,
): Promise<{ report: BringInReport; changes: Change[] }> {
  const session = await Session.open(options, tools);
  const { optOuts } = session;
  await session.each<Entry>(entries, async ({ line, address, ...optOut }) => {
    const known = optOuts.of(address);
    if (known === undefined) await optOuts.add([address], optOut, tools, options.expected);
    session.count(line, known === undefined ? 'created' : 'unchanged', optOuts.of(address) ?? '', address);
  });
  return session.finish();
}
