import type { Agreement } from '../../domain/agreements/agreement.js';
import type { Case } from '../../domain/cases/case.js';
import type { CaseFile } from '../../domain/cases/case-file.js';
import type { OnFile } from '../../domain/cases/evidence.js';
import type { Process } from '../../domain/cases/process.js';
import { ItacaError } from '../../domain/error.js';
import { idOfRef } from '../../domain/records/ids.js';
import { readProcess } from '../../workspace/config/processes.js';
import type { StoredRecord } from '../../workspace/records.js';
import { findRecord } from '../find-record.js';
import type { Tools } from '../tools.js';
import { caseFiles } from './case-files.js';

/** A case that somebody works on, with all that decides what may be done. */
export interface CaseInHand {
  kase: StoredRecord<Case>;
  file: CaseFile;
  process: Process | undefined;
  onFile: OnFile;
}

/**
 * The case a person means.
 * @throws ItacaError as `findRecord`; `refused` for one that was merged, naming the one it lives on in
 */
export async function caseInHand(which: string, tools: Tools): Promise<CaseInHand> {
  const { workspace, clock } = tools;
  const kase = await findRecord<Case>(workspace, which, ['case']);
  const { data } = kase;
  if (data.state === 'merged' && data.merged_into) {
    throw new ItacaError('refused', `this case was merged into ${data.merged_into}`, {
      hint: `work on that one, or take it back: itaca case unmerge ${kase.id}`,
      path: kase.path,
    });
  }
  const index = await workspace.index();
  const file = caseFiles([kase], index).get(kase.id) as CaseFile;
  const name = data.process ?? data.type;
  const process = name === undefined ? undefined : readProcess(workspace.root, name);
  const agreement = data.agreement
    ? (index.get(idOfRef(data.agreement) ?? '') as StoredRecord<Agreement> | undefined)
    : undefined;
  return {
    kase,
    file,
    process,
    onFile: {
      now: clock.now(),
      timeZone: clock.timeZone,
      confirmed: data.agreement === undefined ? undefined : agreement?.data.confirmation !== undefined,
    },
  };
}
