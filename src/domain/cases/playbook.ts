import { foldWord } from '../search/word-forms.js';
import type { Process } from './process.js';
import { inLanguage, type Wording } from './wording.js';

/** A playbook as it stands for one case. */
export interface PlaybookState {
  questions: { question: string; asked: boolean }[];
  steps: { step: string; done: boolean }[];
}

/**
 * Which questions of a playbook were asked and which steps were taken, by the notes of the case and of what passed in
 * it: a question is asked where a note has it, in any language; a step is done where a note has it ticked, as a task
 * list of Markdown does (`- [x] …`).
 * @param languages BCP 47, by preference
 */
export function playbookState(
  process: Process | undefined,
  notes: readonly string[],
  languages: readonly string[],
): PlaybookState {
  const { questions = [], steps = [] } = process?.playbook ?? {};
  const text = notes.map(squeezed);
  const ticked = notes.flatMap((note) =>
    [...note.matchAll(/^[ \t]*[-*+] \[x\] (.+)$/gim)].map((match) => squeezed(match[1] as string)),
  );
  const says = (some: readonly string[], words: Wording) =>
    wordings(words).some((one) => some.some((note) => note.includes(squeezed(one))));
  return {
    questions: questions.map((words) => ({
      question: inLanguage(words, languages),
      asked: says(text, words),
    })),
    steps: steps.map((words) => ({ step: inLanguage(words, languages), done: says(ticked, words) })),
  };
}

/** Questions with their answers, as a note keeps them. */
export function answeredNote(answers: readonly { question: string; answer: string }[]): string {
  return answers.map(({ question, answer }) => `**${question}**\n\n${answer}`).join('\n\n');
}

function wordings(words: Wording): string[] {
  return typeof words === 'string' ? [words] : Object.values(words);
}

function squeezed(text: string): string {
  return foldWord(text).replace(/\s+/g, ' ').trim();
}
