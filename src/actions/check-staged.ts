import type { Fault } from '../domain/check/fault.js';
import { faultsOf } from '../domain/check/rules.js';
import { promisedHash } from '../domain/consent/wording.js';
import { ItacaError } from '../domain/error.js';
import { parseQuery } from '../domain/query/query.js';
import { idOfPath } from '../domain/records/ids.js';
import { type Kind, kindOfPath } from '../domain/records/kind-names.js';
import { referenceFault } from '../domain/records/references.js';
import { readBlobs, type Staged, type StagedFile, stagedFiles, stagedWith } from '../git/staged.js';
import { placed, problemOf } from '../workspace/check/place.js';
import { checkSettings, isSettings } from '../workspace/check/settings.js';
import { inOrder } from '../workspace/check/sort.js';
import { surroundingsOf } from '../workspace/check/surroundings.js';
import { decodeRecord } from '../workspace/codec/parse.js';
import { erasedFault, erasedIds, erasuresFolder, erasureTakenBack } from '../workspace/erasures.js';
import { configFile } from '../workspace/find.js';
import { type Problem, rowOf } from '../workspace/index/row.js';
import { wordingProblem } from './consent/check-wordings.js';

/**
 * Everything that is wrong with what is staged, judged as the next commit would hold it: neither the files in the
 * folder nor the index of the workspace count. Made for a pre-commit hook.
 * @param now epoch milliseconds
 * @throws ItacaError `usage` outside a git repository
 */
export async function checkStaged(root: string, now: number): Promise<Problem[]> {
  const staged = await stagedFiles(root);
  const changed = staged.changed.filter(
    ({ path }) => kindOfPath(path) || isSettings(path) || promisedHash(path),
  );
  const { kindOf, pathsOf } = recordsOf(staged);
  const orphans = await orphansOf(root, staged, kindOf);
  const unwanted = [
    ...(await stagedKeys(root, staged)),
    ...staged.removed.filter((path) => path.startsWith(`${erasuresFolder}/`)).map(erasureTakenBack),
  ];
  if (changed.length === 0 && orphans.length === 0) return inOrder(unwanted);
  const settingsFiles = staged.all.filter(({ path }) => isSettings(path));
  const contents = await readBlobs(
    root,
    [...changed, ...orphans, ...settingsFiles].map(({ blob }) => blob),
  );
  const settings = await checkSettings(
    new Map(settingsFiles.map(({ path, blob }) => [path, contents.get(blob)?.toString('utf8') ?? ''])),
    now,
  );
  const surroundings = surroundingsOf(settings, parseQuery);
  const problems: Problem[] = changed.some(({ path }) => isSettings(path))
    ? [...settings.problems]
    : settings.problems.filter(({ path }) => path === configFile);
  const erased = erasedIds(root);
  for (const file of changed) {
    const kind = kindOfPath(file.path);
    const bytes = contents.get(file.blob) ?? Buffer.alloc(0);
    if (!kind) {
      problems.push(...[wordingProblem(file.path, bytes.toString('utf8')) ?? []].flat());
      continue;
    }
    const { record, text, problems: found } = readStaged(file, kind, bytes, settings.config?.country);
    problems.push(...found);
    if (record) {
      const faults: Fault[] = faultsOf(record, surroundings);
      for (const [key, target] of record.refs)
        if (!erased.has(target))
          faults.push(...[referenceFault(record, key, target, kindOf.get(target)) ?? []].flat());
      if (erased.has(record.id)) faults.push(erasedFault(record.id));
      problems.push(...placed(kind, file.path, text, faults));
    }
    const others = pathsOf.get(idOfPath(file.path) ?? '')?.filter((path) => path !== file.path) ?? [];
    if (others[0] !== undefined) {
      const message = `the id ${idOfPath(file.path)} is also that of ${others[0]}`;
      problems.push(problemOf(file.path, { at: [], message }, { line: 1, column: 1 }));
    }
  }
  for (const file of orphans) {
    const kind = kindOfPath(file.path) as Kind;
    const bytes = contents.get(file.blob) ?? Buffer.alloc(0);
    const { record, text } = readStaged(file, kind, bytes, settings.config?.country);
    const faults = record?.refs
      .filter(([, target]) => !kindOf.has(target) && !erased.has(target))
      .flatMap(([key, target]) => referenceFault(record, key, target, undefined) ?? []);
    problems.push(...placed(kind, file.path, text, faults ?? []));
  }
  return inOrder([...problems, ...unwanted]);
}

/** Private keys that the next commit would hand on to everybody, in files that are called like one. */
async function stagedKeys(root: string, { changed }: Staged): Promise<Problem[]> {
  const named = changed.filter(({ path }) => /\.(?:pem|key|p8)$|dkim|id_rsa/i.test(path));
  if (named.length === 0) return [];
  const contents = await readBlobs(
    root,
    named.map(({ blob }) => blob),
  );
  return named
    .filter(({ blob }) =>
      /^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(contents.get(blob)?.toString('latin1') ?? ''),
    )
    .map(({ path }) => {
      const message = 'a private key does not belong in a shared folder';
      const hint = `keep it elsewhere: git rm --cached ${path}`;
      return problemOf(path, { at: [], message, hint }, { line: 1, column: 1 });
    });
}

/** Records that stay as they are and name one that the next commit takes away. */
async function orphansOf(
  root: string,
  staged: Staged,
  kindOf: ReadonlyMap<string, Kind>,
): Promise<StagedFile[]> {
  const ids = staged.removed
    .flatMap((path) => (kindOfPath(path) ? (idOfPath(path) ?? []) : []))
    .filter((id) => !kindOf.has(id));
  if (ids.length === 0) return [];
  const naming = new Set(await stagedWith(root, ids));
  const judged = new Set(staged.changed.map(({ path }) => path));
  return staged.all.filter(({ path }) => naming.has(path) && !judged.has(path) && kindOfPath(path));
}

interface StagedRecord {
  kind: Kind;
  id: string;
  data: Record<string, unknown>;
  refs: [key: string, target: string][];
}

/** A staged record with what is wrong with it by itself; without the record where it cannot be read. */
function readStaged(
  { path }: StagedFile,
  kind: Kind,
  bytes: Buffer,
  country: string | undefined,
): { record?: StagedRecord; text: string; problems: Problem[] } {
  try {
    const text = decodeRecord(bytes, path);
    const { id, data, refs, problems } = rowOf(kind, path, text, country);
    return { record: { kind, id, data: JSON.parse(data as string), refs }, text, problems };
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    const { message, hint } = error;
    const problem = problemOf(path, { at: [], message, ...(hint ? { hint } : {}) }, error);
    return { text: '', problems: [problem] };
  }
}

/** The records that the next commit would hold, by their ids. */
function recordsOf({ all }: Staged): { kindOf: Map<string, Kind>; pathsOf: Map<string, string[]> } {
  const kindOf = new Map<string, Kind>();
  const pathsOf = new Map<string, string[]>();
  for (const { path } of all) {
    const kind = kindOfPath(path);
    const id = kind && idOfPath(path);
    if (!kind || !id) continue;
    kindOf.set(id, kind);
    pathsOf.set(id, [...(pathsOf.get(id) ?? []), path]);
  }
  return { kindOf, pathsOf };
}
