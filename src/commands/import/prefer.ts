import type { BringInReport, Prefer } from '../../actions/import-people/entry.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { Keys } from '../../cli/keys.js';
import { plain } from '../../cli/output.js';
import { ItacaError } from '../../domain/error.js';

export type Preference = 'file' | 'record' | 'ask';

/**
 * Whose word counts where the list and a record differ: for `ask`, as somebody answers each with one key.
 * @param conflicts asked for where somebody is to be asked
 * @throws ItacaError `usage` where nobody can be asked
 */
export async function preferenceOf(
  cli: Cli,
  prefer: Preference,
  conflicts: () => Promise<BringInReport['left']>,
): Promise<Prefer | undefined> {
  if (prefer !== 'ask') return prefer === 'file' ? () => 'file' : undefined;
  if (!cli.interactive)
    throw new ItacaError('usage', '--prefer ask needs a terminal', {
      hint: 'use --prefer file or --prefer record',
    });
  const said = new Map<string, 'file' | 'record'>();
  const keyOf = ({ ref, key, file }: { ref: string; key: string; file: unknown }) =>
    JSON.stringify([ref, key, file]);
  const open = await conflicts();
  if (open.length === 0) return undefined;
  cli.note('f takes what the list says, r keeps the record, q keeps all the rest');
  const keys = new Keys();
  try {
    for (const conflict of open) {
      const { ref, key, record, file } = conflict;
      cli.note(printable(`${ref} ${key}: r ${plain(record)} | f ${plain(file)}`));
      const pressed = await keys.next('frq');
      if (pressed === undefined || pressed === 'q') break;
      said.set(keyOf(conflict), pressed === 'f' ? 'file' : 'record');
    }
  } finally {
    keys.close();
  }
  return (value) => said.get(keyOf(value)) ?? 'record';
}
