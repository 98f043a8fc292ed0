import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { variableName } from '../domain/config/variable-name.js';
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

/** What lets somebody into a mailbox. */
export interface ImapSecret {
  kind: 'password' | 'token';
  value: string;
}

/**
 * The password of a mailbox, or the access token that serves instead (OAuth 2): one line. The environment goes before
 * the commands, and a token before a password.
 * @param source its name in `inbox.sources`: `info` has `ITACA_IMAP_PASSWORD_INFO` and `ITACA_IMAP_TOKEN_INFO`
 * @param isOnly whether it is the only mailbox on a server; else the variables without a name are not its own, and a
 *   password must not go to another server than its own
 * @returns undefined where there is neither
 * @throws as `readSecret`
 */
export async function imapSecret(
  source: string,
  {
    password_command,
    token_command,
  }: { password_command?: string | undefined; token_command?: string | undefined },
  isOnly: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<ImapSecret | undefined> {
  const commands = { token: token_command, password: password_command };
  const kinds = ['token', 'password'] as const;
  const variable = (kind: ImapSecret['kind']) => `ITACA_IMAP_${kind.toUpperCase()}`;
  for (const end of [`_${variableName(source)}`, ...(isOnly ? [''] : [])])
    for (const kind of kinds) {
      const value = environment[variable(kind) + end];
      if (value !== undefined && value !== '') return { kind, value };
    }
  for (const kind of kinds) {
    const place = {
      variable: `${variable(kind)}_${variableName(source)}`,
      setting: `inbox.sources.${source}.imap.${kind}_command`,
      command: commands[kind],
    };
    const value = (await readSecret(place, environment))?.split(/\r?\n/)[0];
    if (value !== undefined) return { kind, value };
  }
  return undefined;
}

/** Plain words need no shell; anything a shell would read gets one. */
function wordsOf(command: string): string[] {
  return /^[\w\s./@:=,+-]+$/.test(command) ? command.trim().split(/\s+/) : ['/bin/sh', '-c', command];
}
