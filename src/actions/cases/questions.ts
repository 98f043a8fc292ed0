import { inLanguage } from '../../domain/cases/wording.js';
import { readProcess } from '../../workspace/config/processes.js';
import type { Workspace } from '../../workspace/workspace.js';
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
