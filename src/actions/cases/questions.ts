import type { Case } from '../../domain/cases/case.js';
import { inLanguage } from '../../domain/cases/process.js';
import { isOpen } from '../../domain/cases/states.js';
import { readProcess } from '../../workspace/config/processes.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { findRecord } from '../find-record.js';
import { viewCase } from './case-view.js';

/** The questions to ask when a case of a type is opened, in the workspace's language. */
export function playbookQuestions(type: string, { root, config }: Workspace): string[] {
  const questions = readProcess(root, type)?.playbook?.questions ?? [];
  return questions.map((words) => inLanguage(words, config.languages ?? []));
}

/** The questions of the playbook of a case that no note about it answers yet. */
export async function questionsLeft(which: string, workspace: Workspace): Promise<string[]> {
  const { playbook } = await viewCase(which, workspace);
  return playbook.questions.filter(({ asked }) => !asked).map(({ question }) => question);
}

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
