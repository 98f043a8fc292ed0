import type { Case } from '../../domain/cases/case.js';
import type { CaseFile } from '../../domain/cases/case-file.js';
import { type Clock, caseClocks } from '../../domain/cases/clocks.js';
import type { Process } from '../../domain/cases/process.js';
import { isOpen } from '../../domain/cases/states.js';
import type { Index } from '../../workspace/index/index.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { caseFiles } from './case-files.js';
import { type Definitions, judging } from './definitions.js';

/** A case with its clocks. */
export interface JudgedCase {
  kase: StoredRecord<Case>;
  file: CaseFile;
  process: Process | undefined;
  clocks: Clock[];
}

/**
 * Reads the clocks of cases.
 * @param records of the kind case
 * @param options.all those too that are done, whose deadlines are judged; otherwise these have no clocks here
 * @throws ItacaError `invalid` where a process or calendar is broken
 */
export async function judgedCases(
  records: StoredRecord[],
  index: Index,
  workspace: Workspace,
  options: { all?: boolean } = {},
): Promise<{ judged: JudgedCase[]; world: Definitions['world'] }> {
  const cases = records as unknown as StoredRecord<Case>[];
  const wanted = options.all ? cases : cases.filter(({ data }) => isOpen(data.state));
  const files = caseFiles(wanted, index);
  return judging(
    wanted.map(({ data }) => data),
    workspace,
    ({ processOf, world }) => ({
      world,
      judged: cases.map((kase): JudgedCase => {
        const file = files.get(kase.id);
        const process = processOf(kase.data);
        return file
          ? { kase, file, process, clocks: caseClocks(file, process, world) }
          : { kase, file: { data: kase.data, merged: [], interactions: [] }, process, clocks: [] };
      }),
    }),
  );
}
