import { Command, CommanderError, Option } from 'commander';
import { Cli, type GlobalOptions } from './cli/context.js';
import { type Io, printable, processIo } from './cli/io.js';
import { stringify } from './cli/output.js';
import { type CommandSpec, isNoun, type OptionSpec } from './cli/spec.js';
import { hidden, topLevel } from './commands/index.js';
import { type ErrorCode, ItacaError } from './domain/error.js';
import { asMachineCondition } from './domain/write-error.js';
import { version } from './version.js';

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

const globalOptions: OptionSpec[] = [
  { flags: '-C, --dir <path>', description: 'the workspace (default: this folder or the nearest above it)' },
  { flags: '--json', description: 'print one JSON document' },
  { flags: '--fields <a,b>', description: 'print only these fields' },
  { flags: '--csv', description: 'print CSV with a header' },
  { flags: '-n, --dry-run', description: 'show what would be done, write nothing' },
  { flags: '--no-commit', description: 'write the files and leave the commit to you' },
  { flags: '-y, --yes', description: 'answer every question with yes' },
  { flags: '--no-input', description: 'never ask' },
  { flags: '-q, --quiet', description: 'print no more than the data' },
  { flags: '--as <member>', description: 'act as this member' },
  { flags: '--debug', description: 'show the stack of an error' },
];

/**
 * Runs one command line. It builds the command tree, and it is the one place where an error becomes a message and an
 * exit code.
 * @param argv without the program's name
 */
export async function main(argv: string[]): Promise<void> {
  const io = await processIo(process.env);
  let cli: Cli | undefined;
  const wantsJson = argv.includes('--json');
  try {
    const program = await buildProgram(io, argv, (made) => {
      cli = made;
    });
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, io, wantsJson, argv.includes('--debug'));
  } finally {
    await cli?.close();
  }
}

/** The command tree. Only the branch that the arguments walk into is loaded; the others are names with a summary. */
async function buildProgram(io: Io, argv: string[], started: (cli: Cli) => void): Promise<Command> {
  const program = new Command('itaca');
  program
    .description('A command-line CRM over a git-friendly folder of Markdown and YAML records.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeErr: () => {}, writeOut: (text) => io.out.write(text) })
    .exitOverride();
  helpAlone(program);
  for (const option of globalOptions) program.addOption(toOption(option));
  program.addHelpText(
    'after',
    '\nFirst steps:\n  $ itaca init crm --example fair\n  $ itaca -C crm report cases\n\nMore: itaca help queries, itaca help records, itaca help exit-codes',
  );
  const first = firstWord(argv);
  for (const entry of [...topLevel, ...hidden]) {
    const command = program
      .command(entry.name, { hidden: hidden.includes(entry) })
      .description(entry.summary);
    if (entry.name !== first) continue;
    const spec = await entry.load();
    if (!isNoun(spec)) {
      define(command, spec, spec.name, io, started);
      continue;
    }
    helpAlone(command);
    for (const verb of spec.verbs)
      define(command.command(verb.name), verb, `${spec.name} ${verb.name}`, io, started);
  }
  return program;
}

/** A command that only holds others: alone it shows its help, with a word it does not know it suggests one. */
function helpAlone(command: Command): void {
  command.allowExcessArguments().action(() => {
    if (command.args.length === 0) command.outputHelp();
    // Commander calls this itself only where a command has no action; its types leave it out.
    else (command as unknown as { unknownCommand(): never }).unknownCommand();
  });
}

function define(
  command: Command,
  spec: CommandSpec,
  name: string,
  io: Io,
  started: (cli: Cli) => void,
): void {
  command
    .description(spec.description ? `${spec.summary}\n\n${spec.description}` : spec.summary)
    .summary(spec.summary);
  for (const [argument, description] of spec.args ?? []) command.argument(argument, description);
  for (const option of spec.options ?? []) command.addOption(toOption(option));
  command.addHelpText(
    'after',
    `\nExamples:\n${spec.examples.map((example) => `  $ itaca ${example}`).join('\n')}`,
  );
  command.action(async (...received: unknown[]) => {
    const args = received.slice(0, -2) as (string | string[] | undefined)[];
    const globals = command.optsWithGlobals() as GlobalOptions;
    const cli = new Cli(io, process.env, globals, name);
    started(cli);
    const { run } = await spec.load();
    await run(cli, args, command.opts());
  });
}

function toOption({
  flags,
  description,
  choices,
  default: fallback,
  repeatable,
  expert,
}: OptionSpec): Option {
  const option = new Option(flags, description);
  if (choices) option.choices(choices);
  if (fallback !== undefined) option.default(fallback);
  if (repeatable) option.argParser((value, before: string[] | undefined) => [...(before ?? []), value]);
  if (expert) option.hideHelp();
  return option;
}

/** The word that names the command: the first that is neither an option nor an option's value. */
function firstWord(argv: string[]): string | undefined {
  const valued = new Set(['-C', '--dir', '--fields', '--as']);
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (valued.has(word)) i++;
    else if (!word.startsWith('-')) return word;
  }
  return undefined;
}

function report(error: unknown, io: Io, json: boolean, debug: boolean): number {
  if (error instanceof CommanderError) {
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
