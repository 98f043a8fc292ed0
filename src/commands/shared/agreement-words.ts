import { type Progress, progressText } from '../../domain/agreements/commitment.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Row } from './columns.js';

/** What is derived of an agreement or an order as a page shows it: in words. */
export function worded(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      key === 'progress' && value ? progressText(value as Progress) : value,
    ]),
  );
}

/** The agreements of a person that have not ended, as `--json` has them. */
export async function agreementsOf(workspace: Workspace, { id }: StoredRecord): Promise<Row[]> {
  const found = (await workspace.index()).naming(id, ['agreement']);
  const lasting = found.filter(({ data }) => data.state !== 'terminated' && data.state !== 'expired');
  if (lasting.length === 0) return [];
  const { viewOf } = await import('../../actions/agreements/agreement-view.js');
  return Promise.all(
    lasting.map(async (one): Promise<Row> => {
      const { progress, ends_on } = await viewOf(one, workspace);
      const { number, state, end } = one.data;
      return { ref: one.ref, number, state, end, ends_on, progress };
    }),
  );
}

/** One of them in a line. */
export function agreementText({ number, ref, state, ends_on, end, progress }: Row): string {
  const until = ends_on ?? end;
  return [
    `${String(number ?? ref)}: ${String(state).replaceAll('_', ' ')}`,
    ...(until ? [`until ${String(until)}`] : []),
    ...(progress ? [progressText(progress as Progress)] : []),
  ].join(', ');
}
