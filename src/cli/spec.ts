import type { Cli } from './context.js';

/** An option as commander writes it, `-m, --minutes <n>`. */
export interface OptionSpec {
  flags: string;
  description: string;
  choices?: readonly string[];
  default?: string | boolean;
  /** May be given several times; the handler gets a list. */
  repeatable?: boolean;
  /** Shown by `--help-all` only. */
  expert?: boolean;
}

export type Handler = (
  cli: Cli,
  args: (string | string[] | undefined)[],
  options: Record<string, unknown>,
) => Promise<void>;

/** What a command is, without what it does: this part must load in no time. */
export interface CommandSpec {
  name: string;
  summary: string;
  /** More for `--help`, where the summary does not say it all. */
  description?: string;
  /** `<who>`, `[text]`, `<field=value...>` with a description each. */
  args?: [name: string, description: string][];
  options?: OptionSpec[];
  /** Command lines without the leading `itaca`. */
  examples: string[];
  load: () => Promise<{ run: Handler }>;
}

/** A noun with its verbs, such as `contact`. */
export interface NounSpec {
  name: string;
  summary: string;
  verbs: CommandSpec[];
  /** The verb that is meant where none is named, as in `dedupe list.csv`. */
  defaultVerb?: string;
}

/** The first level of the command line: a noun, or a verb that stands alone. */
export interface TopLevelSpec {
  name: string;
  summary: string;
  load: () => Promise<NounSpec | CommandSpec>;
}

export function isNoun(spec: NounSpec | CommandSpec): spec is NounSpec {
  return 'verbs' in spec;
}
