import { ItacaError } from '../domain/error.js';

/**
 * The only place that loads inquirer, which costs more than most commands do. Questions go to stderr, as standard
 * output belongs to data.
 */
async function asked<T>(ask: (inquirer: typeof import('inquirer').default) => Promise<T>): Promise<T> {
  const { default: inquirer } = await import('inquirer');
  try {
    return await ask(inquirer.createPromptModule({ output: process.stderr }) as never as typeof inquirer);
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new ItacaError('interrupted', 'nothing was changed');
    throw error;
  }
}

type Prompt = (questions: object[]) => Promise<Record<string, string | boolean>>;

export async function askYes(message: string): Promise<boolean> {
  const answers = await asked((prompt) =>
    (prompt as never as Prompt)([{ type: 'confirm', name: 'yes', message, default: false }]),
  );
  return answers.yes === true;
}

/** A line of text; empty unless `required`. */
export async function askText(message: string, required = false): Promise<string> {
  const validate = (value: string) => !required || value.trim() !== '' || 'please say something';
  const answers = await asked((prompt) =>
    (prompt as never as Prompt)([{ type: 'input', name: 'text', message, validate }]),
  );
  return String(answers.text).trim();
}

export async function askChoice(message: string, choices: readonly string[]): Promise<string> {
  const answers = await asked((prompt) =>
    (prompt as never as Prompt)([{ type: 'select', name: 'choice', message, choices: [...choices] }]),
  );
  return String(answers.choice);
}
