import { join } from 'node:path';
import { workingTree } from '../git/working-tree.js';
import { findWorkspace } from '../workspace/find.js';
import { lastTaken } from '../workspace/lock.js';
import type { Look } from '../workspace/workspace.js';

/** Git at work on a workspace before the program is loaded. */
export interface LookAhead extends Look {
  root: string;
  /** Ends git where nobody waits for it. */
  stop: () => void;
}

/** They ask nothing of the workspace they may stand in. */
const elsewhere = new Set(['init', 'help', 'completion']);

/**
 * Lets git look at the files while the rest of the program is loaded: of all that a read does, it takes longest.
 * @returns undefined where the command line leads to no workspace
 */
export function lookAhead(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): LookAhead | undefined {
  const word = firstWord(argv);
  if (word === undefined || elsewhere.has(word) || argv.includes('--help') || argv.includes('-h'))
    return undefined;
  const at = argv.findIndex((arg) => arg === '-C' || arg === '--dir');
  try {
    const root = findWorkspace((at < 0 ? env.ITACA_DIR : argv[at + 1]) || undefined, cwd);
    const abort = new AbortController();
    // Before git begins. In a linked work tree the lock lies elsewhere; what is said here then matches nothing there.
    const taken = lastTaken(join(root, '.git', 'itaca'), 'write');
    const began = performance.now();
    const tree = workingTree(root, abort.signal);
    // Who awaits it hears of an error; stopped, it is of no interest.
    tree.catch(() => {});
    return { root, tree, taken, began, stop: () => abort.abort() };
  } catch {
    // The command itself says what is wrong, if it needs a workspace.
    return undefined;
  }
}

/** The word that names the command: the first that is neither an option nor an option's value. */
export function firstWord(argv: readonly string[]): string | undefined {
  const valued = new Set(['-C', '--dir', '--fields', '--as']);
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (valued.has(word)) i++;
    else if (!word.startsWith('-')) return word;
  }
  return undefined;
}
