import type { Cli } from './cli/context.js';
import { type Io, printable, processIo } from './cli/io.js';
import { lookAhead } from './cli/look-ahead.js';
import { stringify } from './cli/output.js';
import { type ErrorCode, ItacaError } from './domain/error.js';
import { asMachineCondition } from './domain/write-error.js';

const exitCodes: Record<ErrorCode, number> = {
  usage: 2,
  not_found: 3,
  ambiguous: 3,
  invalid: 4,
  conflict: 5,
  locked: 5,
  refused: 6,
  partial: 7,
  interrupted: 130,
};
const bug = 70;

/**
 * Runs one command line. It is the one place where an error becomes a message and an exit code.
 * @param argv without the program's name
 */
export async function main(argv: string[]): Promise<void> {
  // Before all else: git takes longest.
  const ahead = lookAhead(argv, process.env, process.cwd());
  const [io, { buildProgram }] = await Promise.all([processIo(process.env), import('./program.js')]);
  let cli: Cli | undefined;
  const wantsJson = argv.includes('--json');
  try {
    const program = await buildProgram(io, argv, ahead, (made) => {
      cli = made;
    });
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, io, wantsJson, argv.includes('--debug'));
  } finally {
    ahead?.stop();
    await cli?.close();
  }
}

function report(error: unknown, io: Io, json: boolean, debug: boolean): number {
  if (isUsage(error)) {
    if (error.exitCode === 0) return 0;
    const [message = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
    return print(
      new ItacaError('usage', message, { hint: rest.join(' ').replace(/^\((.*)\)$/, '$1') || 'itaca help' }),
      io,
      json,
    );
  }
  const named = asMachineCondition(error);
  if (named) return print(named, io, json);
  if (error instanceof ItacaError) {
    if (debug && error.stack) io.err.write(`${error.stack}\n`);
    return print(error, io, json);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (debug && error instanceof Error) io.err.write(`${error.stack}\n`);
  if (json) io.err.write(`${stringify({ error: { code: 'bug', message } })}\n`);
  else io.err.write(`itaca: a bug: ${printable(message)}\nPlease report it with what --debug shows.\n`);
  return bug;
}

function print(error: ItacaError, io: Io, json: boolean): number {
  const { code, message, hint, path, line, column } = error;
  if (json) {
    io.err.write(`${stringify({ error: { code, message, hint, path, line, column } })}\n`);
  } else {
    const place = [path, line, column].filter((part) => part !== undefined).join(':');
    io.err.write(`${io.color.red('itaca:')} ${printable(place === '' ? message : `${place}: ${message}`)}\n`);
    if (hint) io.err.write(`${io.color.dim('hint:')} ${printable(hint)}\n`);
  }
  return exitCodes[code];
}

/** Commander's own error, known without loading commander again. */
function isUsage(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Error && /^commander\./.test(String((error as { code?: unknown }).code));
}
