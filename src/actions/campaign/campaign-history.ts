import { basename, dirname } from 'node:path/posix';
import { approvalKey, type CampaignHistory, type Signer } from '../../domain/campaigns/approval.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { sameValue } from '../../domain/records/same-value.js';
import { type FileStatus, type LoggedCommit, logCommits } from '../../git/log.js';
import { findRepository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { readBlobs } from '../../git/stream.js';
import { rowOf } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';

const recordFile = 'campaign.md';

/** Keys of the record that say nothing of what is sent: how far it is, and who agreed. */
const unsigned = new Set(['state', 'send_at', 'approvals']);

type Version = Partial<Campaign>;

/**
 * What git tells of a campaign: who wrote it, and which commits hold its approvals. A merge counts only for what none
 * of its sides had.
 * @returns undefined outside git
 */
export async function campaignHistory(
  { root }: Workspace,
  campaign: StoredRecord<Campaign>,
): Promise<CampaignHistory | undefined> {
  const repository = await findRepository(root);
  if (!repository) return undefined;
  const added = new Map<string, Signer[]>();
  if (!repository.head) return { authors: [], added, uncommitted: campaign.path };
  // Its folder may have been moved or renamed; its id stays.
  const folder = `campaigns/*${campaign.id}`;
  const commits: LoggedCommit[] = [];
  const paths = [`${folder}/*`, `:(exclude)${folder}/sends/*`];
  for await (const commit of logCommits(root, { paths, blobs: true })) commits.push(commit);
  const versions = await recordVersions(root, commits);

  const authors: Signer[] = [];
  for (const commit of commits) {
    const signer = signerOf(commit);
    const { before, after } = ofRecord(commit.files);
    const parents = before.map((id) => versions.get(id) ?? {});
    const results = after.map((id) => versions.get(id) ?? {});
    if (changesContent(commit.files) || results.some((result) => changesWords(parents, result)))
      authors.push(signer);
    const known = new Set(parents.flatMap(approvalKeys));
    for (const key of results.flatMap(approvalKeys)) {
      if (!known.has(key)) added.set(key, [...(added.get(key) ?? []), signer]);
    }
  }
  const uncommitted = await uncommittedFile(root, campaign);
  return { authors, added, ...(uncommitted === undefined ? {} : { uncommitted }) };
}

function signerOf({ email, committer, trailers }: LoggedCommit): Signer {
  const actor = trailers.find(([key]) => key === 'Itaca-Actor')?.[1];
  return { author: email, committer, ...(actor === undefined ? {} : { actor }) };
}

/** The record's contents before and after a commit; a renamed folder is a file that goes and one that comes. */
function ofRecord(files: readonly FileStatus[]): { before: string[]; after: string[] } {
  const mine = files.filter(({ path }) => basename(path) === recordFile);
  return {
    before: mine.flatMap(({ before = [] }) => before),
    after: mine.flatMap(({ after }) => after ?? []),
  };
}

/** Whether a commit made a body or another file of the campaign what it was in none of its parents. */
function changesContent(files: readonly FileStatus[]): boolean {
  const others = new Map<string, FileStatus[]>();
  for (const file of files) {
    if (basename(file.path) === recordFile) continue;
    const name = file.path.replace(/^.*?-[0-9a-hjkmnp-tv-z]{10}\//, '');
    others.set(name, [...(others.get(name) ?? []), file]);
  }
  return [...others.values()].some((same) => {
    const before = new Set(same.flatMap((file) => file.before ?? []));
    const after = same.flatMap((file) => file.after ?? []);
    return after.length === 0 || after.some((id) => !before.has(id));
  });
}

/** Whether a version of the record says something that none of the versions before it said. */
function changesWords(before: readonly Version[], after: Version): boolean {
  if (before.length === 0) return true;
  const keys = new Set([...before, after].flatMap(Object.keys)) as Set<keyof Version>;
  return [...keys].some(
    (key) => !unsigned.has(key) && before.every((one) => !sameValue(one[key] ?? null, after[key] ?? null)),
  );
}

function approvalKeys({ approvals }: Version): string[] {
  return (approvals ?? []).map(approvalKey);
}

/** Every version of the record, by its object id; one that cannot be read says nothing. */
async function recordVersions(root: string, commits: readonly LoggedCommit[]): Promise<Map<string, Version>> {
  const ids = new Set(commits.flatMap(({ files }) => Object.values(ofRecord(files)).flat()));
  const wanted = [...ids];
  const versions = new Map<string, Version>();
  let next = 0;
  for await (const bytes of readBlobs(root, wanted))
    versions.set(wanted[next++] as string, versionOf(bytes.toString()));
  return versions;
}

function versionOf(text: string): Version {
  try {
    const { data } = rowOf('campaign', recordFile, text, undefined);
    return data === null ? {} : (JSON.parse(data) as Version);
  } catch {
    return {};
  }
}

/** A file of the campaign that the last commit does not hold as it is. How far the campaign is does not matter. */
async function uncommittedFile(
  root: string,
  { path, data }: StoredRecord<Campaign>,
): Promise<string | undefined> {
  const folder = dirname(path);
  const args = ['status', '--porcelain', '-z', '-uall', '--no-renames', '--'];
  const { code, stdout } = await git(root, [
    ...args,
    `:(literal)${folder}`,
    `:(exclude,literal)${folder}/sends`,
  ]);
  if (code !== 0) return path;
  const names = stdout
    .split('\0')
    .filter(Boolean)
    .map((line) => basename(line.slice(3)));
  const other = names.find((name) => name !== recordFile);
  if (other !== undefined) return `${folder}/${other}`;
  if (names.length === 0) return undefined;
  const head = await git(root, ['show', `HEAD:./${path}`]);
  return head.code === 0 && !changesWords([versionOf(head.stdout)], data) ? undefined : path;
}
