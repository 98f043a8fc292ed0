import { spawn } from 'node:child_process';
import { ItacaError } from '../domain/error.js';
import { git } from './run.js';

/** A file as the next commit would hold it. */
export interface StagedFile {
  /** Relative to the workspace. */
  path: string;
  /** Id of its content. */
  blob: string;
}

/** What the next commit would hold: all its files below the workspace, and those that differ from the last commit. */
export interface Staged {
  all: StagedFile[];
  changed: StagedFile[];
  /** Paths of the last commit that the next would not hold. */
  removed: string[];
}

/**
 * Asks git what is staged.
 * @throws ItacaError `usage` where the workspace lies in no git repository
 */
export async function stagedFiles(root: string): Promise<Staged> {
  const [all, changed] = await Promise.all([
    git(root, ['ls-files', '--stage', '-z']),
    git(root, ['diff', '--cached', '--raw', '-z', '--no-renames', '--abbrev=64', '--relative']),
  ]);
  const failed = [all, changed].find(({ code }) => code !== 0);
  if (failed) {
    throw new ItacaError('usage', `nothing can be staged here: ${failed.stderr.trim().split('\n')[0]}`, {
      hint: 'git init, or check without --staged',
    });
  }
  // :<modes> <old> <new> <status>\0<path>
  const entries = [...changed.stdout.matchAll(/:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) (\w)\w*\0([^\0]+)\0/g)].map(
    ([, blob, status, path]) => ({ path: path as string, blob: blob as string, status }),
  );
  return {
    // <mode> <blob> <stage>\t<path>; the other stages are sides of a conflict.
    all: all.stdout.split('\0').flatMap((entry) => {
      const [, blob, path] = /^\d+ ([0-9a-f]+) 0\t(.+)$/s.exec(entry) ?? [];
      return blob && path ? [{ path, blob }] : [];
    }),
    changed: entries.filter(({ status }) => status !== 'D').map(({ path, blob }) => ({ path, blob })),
    removed: entries.filter(({ status }) => status === 'D').map(({ path }) => path),
  };
}

/** Paths of staged files, relative to the workspace, that hold any of these words as they are. */
export async function stagedWith(root: string, words: readonly string[]): Promise<string[]> {
  const patterns = words.flatMap((word) => ['-e', word]);
  const { code, stdout, stderr } = await git(root, ['grep', '--cached', '-l', '-z', '-F', ...patterns]);
  // 1 says that nothing was found.
  if (code > 1) throw new Error(`git grep: ${stderr.trim()}`);
  return stdout.split('\0').filter(Boolean);
}

/** The contents of blobs, by their ids, from one run of git. */
export function readBlobs(root: string, blobs: readonly string[]): Promise<Map<string, Buffer>> {
  if (blobs.length === 0) return Promise.resolve(new Map());
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['cat-file', '--batch'], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => {});
    child.on('error', reject);
    child.on('close', () => resolve(parseBatch(Buffer.concat(chunks))));
    child.stdin.end(blobs.map((blob) => `${blob}\n`).join(''));
  });
}

/** `<id> blob <size>\n<content>\n`, again and again; `<id> missing\n` for what is not there. */
function parseBatch(output: Buffer): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const line = output.indexOf(10, at);
    const [id = '', type, size] = output.toString('latin1', at, line).split(' ');
    at = line + 1;
    if (type !== 'blob') continue;
    contents.set(id, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
