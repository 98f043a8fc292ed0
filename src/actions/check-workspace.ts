import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ItacaError } from '../domain/error.js';
import { findRepository } from '../git/repository.js';
import { checkRecords, within } from '../workspace/check/records.js';
import { type CheckedSettings, checkSettings, isSettings } from '../workspace/check/settings.js';
import { inOrder } from '../workspace/check/sort.js';
import { surroundingsOf } from '../workspace/check/surroundings.js';
import { sequenceNames } from '../workspace/config/definition-files.js';
import { sequenceFolder } from '../workspace/config/sequences.js';
import { erasureProblems, erasureTakenBack } from '../workspace/erasures.js';
import { eventLedgerProblems } from '../workspace/event-ledger.js';
import { configFile } from '../workspace/find.js';
import { inboxFolder, inboxProblems } from '../workspace/inbox-ledger.js';
import type { Index } from '../workspace/index/index.js';
import type { Problem } from '../workspace/index/row.js';
import { journalProblems } from '../workspace/journal.js';
import type { Workspace } from '../workspace/workspace.js';
import { readBodies } from './campaign/bodies.js';
import { proofProblems } from './consent/check-wordings.js';
import { keyFileProblems } from './dkim-key.js';
import { lostErasures } from './erase/undone.js';
import { handedOnFolder } from './export/hand-on.js';
import { ownWords, readOwnWords } from './inbox/intent-reader.js';
import { flushesFolder } from './outbox/waiting.js';
import { noticesFolder } from './run/ready-notices.js';

/**
 * Everything that is wrong with the workspace, in the order of paths and lines.
 * @param only files or folders, relative to the current folder; none means all
 * @throws ItacaError `not_found` for a path that is not there
 */
export async function checkWorkspace(workspace: Workspace, only: readonly string[]): Promise<Problem[]> {
  const { root } = workspace;
  const places = only.map((path) => inWorkspace(root, path));
  const where = within(places);
  const [index, settings] = await Promise.all([workspace.index(), checkedSettings(workspace)]);
  const isWanted = ({ path }: Problem) =>
    places.length === 0 ||
    places.some((place) => place === '' || path === place || path.startsWith(`${place}/`));
  return inOrder([
    ...[
      ...index.problems(),
      ...settings.problems,
      ...(await keyFileProblems(root, settings.config)),
      ...bodyProblems(index, root),
      ...wordProblems(root),
      ...proofProblems(index, root),
      ...erasureProblems(root),
      ...(await lostErasures(await findRepository(root))).map(({ path }) => erasureTakenBack(path)),
      ...(await ledgerProblems(index, root)),
    ].filter(isWanted),
    ...checkRecords(
      index,
      root,
      where,
      surroundingsOf(settings, (query) => index.condition(query)),
    ),
  ]);
}

/** What the settings say, and all that is wrong with them. */
export function checkedSettings({ root, clock }: Workspace): Promise<CheckedSettings> {
  return checkSettings(settingsFiles(root), clock.now());
}

/** Words of the team's own, by which is read what people want. */
function wordProblems(root: string): Problem[] {
  try {
    readOwnWords(root);
    return [];
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    const { path = ownWords, line = null, column = null, message, hint = null } = error;
    return [{ path, line, column, message, hint }];
  }
}

/** Letters beside campaigns that cannot be read, such as one with merge-conflict markers. */
function bodyProblems(index: Index, root: string): Problem[] {
  return index.list({ kinds: ['campaign'] }).flatMap(({ path }) => {
    try {
      readBodies(root, path);
      return [];
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      const { path: file = path, line = null, column = null, message, hint = null } = error;
      return [{ path: file, line, column, message, hint }];
    }
  });
}

/**
 * Journals of sends that cannot be read: nothing is sent from then on, since nobody knows who got what. And ledgers of
 * events, without which the results of a campaign are not known.
 */
async function ledgerProblems(index: Index, root: string): Promise<Problem[]> {
  const campaigns = index.list({ kinds: ['campaign'] }).map(({ path }) => `${dirname(path)}/sends`);
  const problems: Problem[] = [];
  const sequences = existsSync(join(root, sequenceFolder))
    ? readdirSync(join(root, sequenceFolder), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  const ledgers = sequences.flatMap(({ name }) => [
    `${sequenceFolder}/${name}`,
    `${sequenceFolder}/${name}/sends`,
  ]);
  const add = (folder: string, found: { name: string; error: ItacaError }[]) => {
    for (const { name, error } of found) {
      const { line = null, message, hint = null } = error;
      const what = message.replace(`${name}:${line}: `, '');
      problems.push({ path: `${folder}/${name}`, line, column: null, message: what, hint });
    }
  };
  for (const folder of [noticesFolder, flushesFolder, handedOnFolder, ...ledgers, ...campaigns])
    add(folder, await journalProblems(join(root, folder)));
  add(inboxFolder, await inboxProblems(root));
  for (const { path } of index.list({ kinds: ['campaign'] })) {
    const folder = `${dirname(path)}/events`;
    add(folder, await eventLedgerProblems(join(root, folder)));
  }
  return problems;
}

function inWorkspace(root: string, path: string): string {
  const file = [resolve(path), join(root, path)].find((one) => statSync(one, { throwIfNoEntry: false }));
  if (!file) throw new ItacaError('not_found', `there is no ${path}`);
  return relative(root, file).split('\\').join('/');
}

function settingsFiles(root: string): Map<string, string> {
  const filesIn = (folder: string) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [];
  const bodies = sequenceNames(root).flatMap((name) => filesIn(`${sequenceFolder}/${name}`));
  const paths = [...['processes', 'calendars', 'mappings', sequenceFolder].flatMap(filesIn), ...bodies];
  return new Map(
    [configFile, ...paths.filter(isSettings).sort()].map((path) => [
      path,
      readFileSync(join(root, path), 'utf8'),
    ]),
  );
}
