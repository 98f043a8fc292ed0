import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ItacaError } from '../domain/error.js';
import { processTypes, readProcess } from '../workspace/config/processes.js';
import { readConfig } from '../workspace/config/read.js';
import type { Index } from '../workspace/index/index.js';
import type { Problem } from '../workspace/index/row.js';
import type { Workspace } from '../workspace/workspace.js';
import { readBodies } from './campaign/bodies.js';

/**
 * Everything that is wrong with the workspace, in the order of paths and lines.
 * @param only files or folders, relative to the current folder; none means all
 * @throws ItacaError `not_found` for a path that is not there
 */
export async function checkWorkspace(workspace: Workspace, only: readonly string[]): Promise<Problem[]> {
  const { root } = workspace;
  const wanted = only.map((path) => inWorkspace(root, path));
  const index = await workspace.index();
  const problems = [
    ...index.problems(),
    ...danglingReferences(index),
    ...doubleIds(index),
    ...settings(root, index),
  ];
  const unique = [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
  return unique
    .filter(
      ({ path }) =>
        wanted.length === 0 ||
        wanted.some((place) => place === '' || path === place || path.startsWith(`${place}/`)),
    )
    .sort((a, b) => (a.path === b.path ? (a.line ?? 0) - (b.line ?? 0) : a.path < b.path ? -1 : 1));
}

function inWorkspace(root: string, path: string): string {
  const file = [resolve(path), join(root, path)].find((one) => statSync(one, { throwIfNoEntry: false }));
  if (!file) throw new ItacaError('not_found', `there is no ${path}`);
  return relative(root, file).split('\\').join('/');
}

function danglingReferences(index: Index): Problem[] {
  const rows = index.db
    .prepare(
      `select r.path, f.key, f.target from refs f join records r on r.rid = f.rid
       where not exists (select 1 from records t where t.id = f.target)`,
    )
    .all() as { path: string; key: string; target: string }[];
  return rows.map(({ path, key, target }) => problem(path, `${key}: no record has the id ${target}`));
}

function doubleIds(index: Index): Problem[] {
  const rows = index.db
    .prepare(
      `select path, id, (select min(o.path) from records o where o.id = records.id) as first from records
       where id in (select id from records where id <> '' group by id having count(*) > 1)`,
    )
    .all() as { path: string; id: string; first: string }[];
  return rows
    .filter(({ path, first }) => path !== first)
    .map(({ path, id, first }) => problem(path, `the id ${id} is also that of ${first}`));
}

/** Files beside the records: settings, processes, the bodies of campaigns. */
function settings(root: string, index: Index): Problem[] {
  const problems: Problem[] = [];
  const attempt = (read: () => unknown) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      const { path = '', line = null, column = null, message, hint = null } = error;
      problems.push({ path, line, column, message, hint });
    }
  };
  attempt(() => readConfig(root));
  for (const type of processTypes(root)) attempt(() => readProcess(root, type));
  for (const { path } of index.list({ kinds: ['campaign'] })) attempt(() => readBodies(root, path));
  return problems;
}

function problem(path: string, message: string): Problem {
  return { path, line: null, column: null, message, hint: null };
}
