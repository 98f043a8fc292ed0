import { type Erased, eraseContact } from '../../actions/erase/erase-contact.js';
import type { ErasurePlan } from '../../actions/erase/plan-erasure.js';
import type { Cli } from '../../cli/context.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { type Kind, kinds } from '../../domain/records/kind-names.js';

const keepable: readonly Kind[] = ['order', 'agreement', 'deal', 'case'];

interface Options {
  confirm?: string;
  keep?: string[];
  why?: string;
  purgeHistory?: boolean;
}

export const run: Handler = async (cli, [who], options) => {
  const { confirm, keep = [], why, purgeHistory = false } = options as Options;
  const erased = await cli.act((tools) =>
    eraseContact(
      who as string,
      { keep: keep.map(keptKind), why, purge: purgeHistory },
      async (plan, name) => {
        if (cli.dryRun) return;
        for (const line of planLines(plan)) cli.note(line);
        await confirmName(cli, name, purgeHistory, confirm);
      },
      cli.env,
      tools,
    ),
  );
  const text = lines(erased, cli.dryRun).join('\n');
  await cli.output.outcome(asJson(erased), text, text);
};

function keptKind(text: string): Kind {
  const kind = kinds.find((one) => one === text.replace(/s$/, ''));
  if (kind && keepable.includes(kind)) return kind;
  throw new ItacaError('usage', `--keep ${text} cannot be kept without the person`, {
    hint: `one of: ${keepable.join(', ')}`,
  });
}

/** As a send asks for the campaign's title: a plain yes is not enough for what no undo takes back. */
async function confirmName(cli: Cli, name: string, purge: boolean, given: string | undefined): Promise<void> {
  let typed = given;
  if (typed === undefined) {
    if (!cli.interactive) {
      throw new ItacaError(
        'usage',
        'an erasure asks for the name of the person, and nobody can be asked here',
        {
          hint: `look at it with --dry-run, then add --confirm ${JSON.stringify(name)}`,
        },
      );
    }
    const { askText } = await import('../../cli/prompts.js');
    const what = purge
      ? 'This is for good, and rewrites the history of the whole team.'
      : 'This is for good.';
    typed = await askText(`${what} Type ${JSON.stringify(name)} to go on:`);
  }
  if (typed.trim().toLowerCase() !== name.trim().toLowerCase()) {
    throw new ItacaError('usage', `"${typed}" is not the name of this person`, {
      hint: `it is ${JSON.stringify(name)}`,
    });
  }
}

function planLines(plan: ErasurePlan): string[] {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `  ${item}`)];
  return [
    ...list(
      'removed',
      plan.removed.map(({ path }) => path),
    ),
    ...list('files beside records, removed', plan.files),
    ...list('messages in the outbox, removed', plan.outbox),
    ...list('redacted', plan.redacted),
    ...list(
      'redacted, though git overlooks it',
      plan.strays.map(({ path }) => path),
    ),
    ...list(
      'ledgers',
      plan.ledgers.map(({ path, lines: count }) => `${path}: ${count} lines without the person`),
    ),
    ...list(
      'renamed',
      plan.renamed.map(({ to }) => to),
    ),
    ...list(
      'stays, for somebody else has it as well',
      plan.shared.map((one) => `${one.what}: ${one.with}`),
    ),
    ...list(
      'to look at: the name, which others have too',
      plan.named.map(({ path, line }) => `${path}:${line}`),
    ),
    ...list(
      'to look at: what may still tell of the person',
      plan.look.map(({ path, why }) => `${path}: ${why}`),
    ),
  ];
}

function lines(erased: Erased, dryRun: boolean): string[] {
  const { plan, contact, purged, filter } = erased;
  if (erased.already && plan.changes.length === 0 && !purged) return [`${contact} is erased already`];
  const counts =
    `${plan.removed.length} records and ${plan.files.length + plan.outbox.length} files removed, ` +
    `${plan.redacted.length} redacted, ${plan.ledgers.length} ledgers rewritten`;
  return [
    ...(dryRun ? planLines(plan) : []),
    `${dryRun ? 'would erase' : 'erased'} ${contact}: ${counts}`,
    ...(filter
      ? [
          'The history still holds what was erased. To rewrite it, here and on the remote:',
          `  itaca contact erase ${contact} --purge-history`,
          'or with git filter-repo, which looks into no encoded mail, and after which check --history misses the old commits:',
          ...filter.commands.map((command) => `  ${command}`),
        ]
      : []),
    ...(purged ? purgedLines(purged) : []),
  ];
}

function purgedLines({
  rewritten,
  published,
  remote,
  prune,
  remains,
}: NonNullable<Erased['purged']>): string[] {
  return [
    `history: ${rewritten} commits rewritten; ${remains.found.length} of ${remains.objects} objects of git here name the person`,
    ...(published ? [`published: ${published.length} refs of ${remote}`] : []),
    ...(published
      ? [
          'Each other clone: itaca sync --adopt-rewrite, or a new clone; what it has is not to be merged by git alone',
        ]
      : []),
    ...(prune ? [`Where the remote lies, for it keeps old objects for a while: ${prune}`] : []),
    'Out of reach from here: backups, forks, copies of the folder, and what a hosting service keeps of old commits.',
  ];
}

function asJson(erased: Erased): object {
  const { plan, contact, already, commit, purged, filter, erasure } = erased;
  const { removed, redacted, renamed, ledgers, files, outbox, strays, shared, named, look } = plan;
  return {
    contact,
    already,
    at: erasure.at,
    removed,
    redacted: [...redacted, ...strays.map(({ path }) => path)],
    renamed: renamed.map(({ to }) => to),
    ledgers,
    files,
    outbox,
    shared,
    named,
    look,
    commit: commit ?? null,
    history: purged ?? null,
    filter_repo: filter ?? null,
  };
}
