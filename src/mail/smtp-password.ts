import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ItacaError } from '../domain/error.js';

/** A command: its words (run as they are, without a shell), or a line for the shell. */
export type PasswordCommand = string | readonly string[];

/**
 * The password for the mail server: from `ITACA_SMTP_PASSWORD`, else what the configured command prints. It is never
 * read from `itaca.yaml`, which is shared.
 * @param environment of the process
 * @returns undefined where neither is there
 * @throws ItacaError `refused` where the command fails or prints nothing
 */
export async function smtpPassword(
  command: PasswordCommand | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const given = environment.ITACA_SMTP_PASSWORD;
  if (given !== undefined && given !== '') return given;
  if (command === undefined) return undefined;
  const words = typeof command === 'string' ? wordsOf(command) : command;
  const [file = '', ...args] = words;
  try {
    const { stdout } = await promisify(execFile)(file, args, { env: environment, timeout: 60_000 });
    const password = stdout.split(/\r?\n/)[0] ?? '';
    if (password !== '') return password;
  } catch (error) {
    // What the command printed may hold the secret, so only its name is told.
    const code = (error as { code?: unknown }).code;
    throw new ItacaError(
      'refused',
      `mail.smtp.password_command failed: ${file} (${String(code ?? 'killed')})`,
      {
        hint: 'run it by hand, or set ITACA_SMTP_PASSWORD',
      },
    );
  }
  throw new ItacaError('refused', `mail.smtp.password_command printed nothing: ${file}`, {
    hint: 'run it by hand, or set ITACA_SMTP_PASSWORD',
  });
}

/** Plain words need no shell; anything a shell would read gets one. */
function wordsOf(command: string): string[] {
  return /^[\w\s./@:=,+-]+$/.test(command) ? command.trim().split(/\s+/) : ['/bin/sh', '-c', command];
}
