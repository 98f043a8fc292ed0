import { Command, Option } from 'commander';
import { Cli, type GlobalOptions } from './cli/context.js';
import type { Io } from './cli/io.js';
import { firstWord, type LookAhead } from './cli/look-ahead.js';
import { type CommandSpec, isNoun, type OptionSpec } from './cli/spec.js';
import { hidden, topLevel } from './commands/index.js';
import { version } from './version.js';

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
 * The command tree. Only the branch that the arguments walk into is loaded; the others are names with a summary.
 * @param started told of the command line's tools when a command begins
 */
export async function buildProgram(
  io: Io,
  argv: string[],
  ahead: LookAhead | undefined,
  started: (cli: Cli) => void,
): Promise<Command> {
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
  const start = (command: Command, name: string): Cli => {
    const cli = new Cli(io, process.env, command.optsWithGlobals() as GlobalOptions, name, ahead);
    started(cli);
    return cli;
  };
  for (const entry of [...topLevel, ...hidden]) {
    const command = program
      .command(entry.name, { hidden: hidden.includes(entry) })
      .description(entry.summary);
    if (entry.name !== first) continue;
    const spec = await entry.load();
    if (!isNoun(spec)) {
      define(command, spec, spec.name, start);
      continue;
    }
    const standing = spec.verbs.find(({ name }) => name === spec.defaultVerb);
    if (!standing) helpAlone(command);
    for (const verb of spec.verbs) {
      const made = command.command(verb.name, { isDefault: verb === standing });
      define(made, verb, `${spec.name} ${verb.name}`, start);
      if (verb === standing) helpOfDefault(command, made);
    }
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

/** The help of a noun whose verb may be left out shows how that verb is used, too. */
function helpOfDefault(noun: Command, verb: Command): void {
  noun.usage('[command] [options] …');
  noun.addHelpText('after', () => {
    const rest = verb.helpInformation().split('\n').slice(1).join('\n');
    const [beforeGlobals = ''] = rest.split('\nGlobal Options:');
    return `\nWithout a command, as \`${noun.name()} ${verb.name()}\`:${beforeGlobals.trimEnd()}`;
  });
}

function define(
  command: Command,
  spec: CommandSpec,
  name: string,
  start: (command: Command, name: string) => Cli,
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
    const cli = start(command, name);
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
