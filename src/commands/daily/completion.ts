import type { Handler } from '../../cli/spec.js';
import { isNoun, type OptionSpec } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';

interface Entry {
  /** Words before the one to complete, `itaca` left out. */
  path: string;
  words: string[];
}

const globals = [
  '--dir',
  '--json',
  '--fields',
  '--csv',
  '--dry-run',
  '--no-commit',
  '--yes',
  '--no-input',
  '--quiet',
  '--as',
  '--debug',
  '--help',
];

export const run: Handler = async (cli, [shell]) => {
  const write = { bash, zsh, fish }[shell as string];
  if (!write)
    throw new ItacaError('usage', `no completion for "${shell as string}"`, {
      hint: 'shells are: bash, zsh, fish',
    });
  cli.output.line(write(await entries()));
};

async function entries(): Promise<Entry[]> {
  const { topLevel } = await import('../index.js');
  const all: Entry[] = [{ path: '', words: topLevel.map(({ name }) => name) }];
  for (const entry of topLevel) {
    const spec = await entry.load();
    if (!isNoun(spec)) all.push({ path: entry.name, words: longFlags(spec.options) });
    else {
      const standing = spec.verbs.find(({ name }) => name === spec.defaultVerb);
      const flags = standing === undefined ? [] : longFlags(standing.options);
      all.push({ path: entry.name, words: [...spec.verbs.map(({ name }) => name), ...flags] });
      for (const verb of spec.verbs)
        all.push({ path: `${entry.name} ${verb.name}`, words: longFlags(verb.options) });
    }
  }
  return all;
}

function longFlags(options: OptionSpec[] | undefined): string[] {
  const flags = (options ?? []).flatMap(({ flags: text }) => /--[a-z-]+/.exec(text)?.[0] ?? []);
  return [...flags, ...globals];
}

function bash(all: Entry[]): string {
  const cases = all.map(({ path, words }) => `    "${path}") words="${words.join(' ')}" ;;`).join('\n');
  return `_itaca() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      -C|--dir|--as|--fields) ((i++)) ;;
      -*) ;;
      *) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
${cases}
    *) words="${globals.join(' ')}" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
}
complete -F _itaca itaca`;
}

function zsh(all: Entry[]): string {
  return `#compdef itaca
autoload -U +X bashcompinit && bashcompinit
${bash(all)}`;
}

function fish(all: Entry[]): string {
  const lines = all.flatMap(({ path, words }) => {
    const condition =
      path === ''
        ? '__fish_use_subcommand'
        : path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ');
    const plain = words.filter((word) => !word.startsWith('-'));
    const flags = words.filter((word) => word.startsWith('--'));
    return [
      ...(plain.length > 0 ? [`complete -c itaca -f -n "${condition}" -a "${plain.join(' ')}"`] : []),
      ...flags.map((flag) => `complete -c itaca -n "${condition}" -l ${flag.slice(2)}`),
    ];
  });
  return lines.join('\n');
}
