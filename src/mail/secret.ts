import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ItacaError } from '../domain/error.js';

/** A command: its words (run as they are, without a shell), or a line for the shell. */
type SecretCommand = string | readonly string[];

/** Where a secret is looked for. None is ever read from `itaca.yaml`, which is shared. */
export interface SecretPlace {
  /** Environment variable that holds it. */
  variable: string;
  /** Key in `itaca.yaml` of the command that prints it, for errors. */
  setting: string;
  /** Its words (run as they are, without a shell), or a line for the shell. */
  command: SecretCommand | undefined;
}

/**
 * A secret: from the environment, else what the configured command prints.
 * @param environment of the process
 * @returns undefined where neither is there
 * @throws ItacaError `refused` where the command fails or prints nothing
 */
export async function readSecret(
  { variable, setting, command }: SecretPlace,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const given = environment[variable];
  if (given !== undefined && given !== '') return given;
  if (command === undefined) return undefined;
  const [file = '', ...args] = typeof command === 'string' ? wordsOf(command) : command;
  const hint = `run it by hand, or set ${variable}`;
  try {
    const { stdout } = await promisify(execFile)(file, args, { env: environment, timeout: 60_000 });
    if (!/^\r?\n|^$/.test(stdout)) return stdout;
  } catch (error) {
    // What the command printed may hold the secret, so only its name is told.
    const code = (error as { code?: unknown }).code;
    throw new ItacaError('refused', `${setting} failed: ${file} (${String(code ?? 'killed')})`, { hint });
  }
  throw new ItacaError('refused', `${setting} printed nothing: ${file}`, { hint });
}

/** The password for the mail server: one line. Throws as `readSecret`. */
export async function smtpPassword(
  command: SecretCommand | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const place = { variable: 'ITACA_SMTP_PASSWORD', setting: 'mail.smtp.password_command', command };
  return (await readSecret(place, environment))?.split(/\r?\n/)[0];
}

/** Plain words need no shell; anything a shell would read gets one. */
function wordsOf(command: string): string[] {
  return /^[\w\s./@:=,+-]+$/.test(command) ? command.trim().split(/\s+/) : ['/bin/sh', '-c', command];
}
