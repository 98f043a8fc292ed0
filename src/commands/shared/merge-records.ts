import { type MergeKind, mergeTwo } from '../../actions/merge-records.js';
import { unmerge } from '../../actions/unmerge-record.js';
import type { Cli } from '../../cli/context.js';
import { plain } from '../../cli/output.js';
import { ItacaError } from '../../domain/error.js';

/** Makes two records one, and says what of the other the survivor has and what not. */
export async function mergeCommand(
  cli: Cli,
  kind: MergeKind,
  two: readonly [survivor: string, other: string],
  take: readonly string[],
): Promise<void> {
  const { survivor, merged, took, left } = await cli.act((tools) =>
    mergeTwo(kind, two, new Set(take.map(takenKey)), tools),
  );
  const lines = [
    `${cli.dryRun ? 'would merge' : 'merged'} ${merged.ref} into ${survivor.ref}`,
    ...Object.entries(took).map(
      ([key, value]) => `  took ${key}: ${key === 'note' ? 'both are kept' : plain(value)}`,
    ),
    ...left.map(
      ({ key, survivor: stays, other }) => `  left ${key}: ${plain(other)}; it stays ${plain(stays)}`,
    ),
  ];
  await cli.output.outcome(
    { survivor: survivor.ref, merged: merged.ref, took, left },
    lines.join('\n'),
    survivor.ref,
  );
}

/** Takes a merge back, and says what went back and what did not. */
export async function unmergeCommand(cli: Cli, kind: MergeKind, who: string): Promise<void> {
  const { survivor, merged, restored, kept, ambiguous } = await cli.act((tools) => unmerge(who, kind, tools));
  const lines = [
    `${cli.dryRun ? 'would part' : 'parted'} ${merged.ref} from ${survivor.ref}`,
    ...restored.map(({ key, value }) => `  gone back ${key}: ${plain(value)}`),
    ...kept.map(({ ref }) => `  stays with ${survivor.ref}: ${ref}`),
    ...ambiguous.map(({ key, value, why }) => `  to look at ${key}: ${plain(value)} ${why}`),
  ];
  await cli.output.outcome(
    {
      survivor: survivor.ref,
      merged: merged.ref,
      restored,
      kept: kept.map(({ ref, kind: of, id }) => ({ ref, kind: of, id })),
      ambiguous,
    },
    lines.join('\n'),
    merged.ref,
  );
}

function takenKey(text: string): string {
  const [key = '', from] = text.split('=');
  if (key !== '' && from === 'other') return key;
  throw new ItacaError('usage', `--take ${text} prefers nothing`, { hint: 'write it as --take title=other' });
}
