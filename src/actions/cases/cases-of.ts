import type { Case } from '../../domain/cases/case.js';
import { isOpen } from '../../domain/cases/states.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';

/** The open cases of a person or firm, the newest first. */
export async function openCasesOf(who: string, workspace: Workspace): Promise<StoredRecord<Case>[]> {
  const { id } = await findRecord(workspace, who, ['contact', 'company']);
  const cases = (await workspace.index()).naming(id, ['case']) as unknown as StoredRecord<Case>[];
  return cases.filter(({ data }) => isOpen(data.state));
}

/** The case that somebody means, where it asks for no more work. */
export async function doneCase(which: string, workspace: Workspace): Promise<StoredRecord<Case> | undefined> {
  const kase = await findRecord<Case>(workspace, which, ['case']);
  return isOpen(kase.data.state) ? undefined : kase;
}
