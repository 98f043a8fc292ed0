import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ItacaError } from '../domain/error.js';

/** A command: its words (run as they are, without a shell), or a line for the shell. */
export type SecretCommand = string | readonly string[];

export interface SecretPlace {
  /** Variable of the environment that holds it. */
  variable: string;
  /** What prints it; its key in `itaca.yaml` stands in errors. */
  command: SecretCommand | undefined;
  key: string;
}

/**
 * A secret that does not belong into `itaca.yaml`, which is shared: from the environment, else the first line that the
 * configured command prints.
 * @returns undefined where neither is there
 * @throws ItacaError `refused` where the command fails or prints nothing
 */
export async function secretFrom(
  { variable, command, key }: SecretPlace,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const given = environment[variable];
  if (given !== undefined && given !== '') return given;
  if (command === undefined) return undefined;
  const hint = `run it by hand, or set ${variable}`;
  const words = typeof command === 'string' ? wordsOf(command) : command;
  const [file = '', ...args] = words;
  try {
    const { stdout } = await promisify(execFile)(file, args, { env: environment, timeout: 60_000 });
    const secret = stdout.split(/\r?\n/)[0] ?? '';
    if (secret !== '') return secret;
  } catch (error) {
    // What the command printed may hold the secret, so only its name is told.
    const code = (error as { code?: unknown }).code;
    throw new ItacaError('refused', `${key} failed: ${file} (${String(code ?? 'killed')})`, { hint });
  }
  throw new ItacaError('refused', `${key} printed nothing: ${file}`, { hint });
}

/** Plain words need no shell; anything a shell would read gets one. */
function wordsOf(command: string): string[] {
  return /^[\w\s./@:=,+-]+$/.test(command) ? command.trim().split(/\s+/) : ['/bin/sh', '-c', command];
}
