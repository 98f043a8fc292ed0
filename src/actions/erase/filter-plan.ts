import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOfPath } from '../../domain/records/ids.js';
import type { Repository } from '../../git/repository.js';
import { gitPieces } from '../../git/stream.js';
import { inWorkspace } from './history-corpus.js';
import type { Learned } from './learn.js';

/** What is to be typed to rewrite the past with `git filter-repo` instead. */
export interface FilterPlan {
  /** The folder of the two files; they say what is to be found, and are to be removed afterwards. */
  folder: string;
  commands: string[];
}

/** The folder of the two files, which say what is to be found of the person. */
export function filterFolder(state: string, contact: string): string {
  return join(state, `erase-${contact}`);
}

/**
 * Writes down what `git filter-repo` needs to rewrite the past without a person, outside of the workspace and for its
 * owner alone.
 * @param state this machine's state for the workspace
 */
export async function planFilter(
  { person, rules }: Learned,
  repository: Repository,
  state: string,
): Promise<FilterPlan> {
  const { root } = repository;
  const paths = new Set<string>();
  for await (const path of gitPieces(root, ['log', '--all', '--format=', '--name-only', '-m', '-z'])) {
    const inside = inWorkspace(repository, path);
    if (rules.files.has(inside) || rules.removed.has(idOfPath(inside) ?? '')) paths.add(path);
  }
  const folder = filterFolder(state, [...person.contacts][0] as string);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keep = (name: string, lines: Iterable<string>) => {
    const file = join(folder, name);
    writeFileSync(file, [...lines].map((line) => `${line}\n`).join(''), { mode: 0o600 });
    chmodSync(file, 0o600);
    return `'${file.replaceAll("'", `'\\''`)}'`;
  };
  const gap = '[ ().\\/-]{0,3}';
  const texts = [
    ...[...rules.bare].map((id) => `regex:[A-Za-z0-9_-]{1,200}-${id}==>${id}`),
    ...person.emails.map((address) => `regex:(?i)${quoted(address)}==>(erased)`),
    ...person.phones.map((key) => `regex:${[...key.replace(/\D/g, '')].join(gap)}==>(erased)`),
    ...person.names.map((name) => `regex:(?i)${spaced(name)}==>(erased)`),
    ...person.places.map(({ street, locality, code }) => {
      const beside = [code && locality ? `${code} ${locality}` : '', locality, code].filter(Boolean);
      return `regex:(?i)${spaced(street)}\\W{1,12}(?:${beside.map(spaced).join('|')})==>(erased)`;
    }),
  ];
  const replace = keep('replace.txt', texts);
  const drop = keep('paths.txt', paths);
  return {
    folder,
    commands: [
      `git filter-repo --force --invert-paths --paths-from-file ${drop} --replace-text ${replace} --replace-message ${replace}`,
      `git push --force --mirror <remote>`,
      `rm -r '${folder.replaceAll("'", `'\\''`)}'`,
    ],
  };
}

function spaced(words: string): string {
  return words.split(/\s+/).map(quoted).join('\\s+');
}

function quoted(text: string): string {
  return text.replace(/[^\p{L}\p{N}@]/gu, '\\$&');
}
