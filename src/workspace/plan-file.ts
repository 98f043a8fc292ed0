import { link, mkdir, readdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '../domain/campaigns/left-out.js';
import type { Recipient, SendPlan } from '../domain/campaigns/plan.js';
import { ItacaError } from '../domain/error.js';
import { withId } from '../domain/sending/journal-line.js';
import { readLines, syncFolder } from './line-file.js';

/** What the first send of a campaign fixed. */
export interface PlanHeader {
  content_sha256: string;
  /** The audience. */
  query: string;
  /** ISO 8601. */
  at: string;
  by?: string;
}

export interface FrozenPlan extends SendPlan {
  header: PlanHeader;
}

type PlanLine = { id: string } & (
  | ({ event: 'plan'; recipients: number; left_out: number } & PlanHeader)
  | ({ event: 'recipient' } & Recipient)
  | ({ event: 'left_out' } & LeftOut)
);

/**
 * Reads the plan a send was frozen with.
 * @param folder the campaign's `sends/`
 * @returns undefined where nothing was sent yet
 * @throws ItacaError `invalid` where it is not whole, or was changed
 */
export async function readPlan(folder: string): Promise<FrozenPlan | undefined> {
  const path = join(folder, 'plan.jsonl');
  if (!(await stat(path).catch(() => undefined))) return undefined;
  const { lines, torn } = await readLines<PlanLine>(path, path);
  const [first, ...rest] = lines;
  const plan: SendPlan = { recipients: [], leftOut: [] };
  for (const { id: _, ...line } of rest) {
    if (line.event === 'recipient') plan.recipients.push(without(line));
    else if (line.event === 'left_out') plan.leftOut.push(without(line));
  }
  if (
    torn !== undefined ||
    first?.event !== 'plan' ||
    first.recipients !== plan.recipients.length ||
    first.left_out !== plan.leftOut.length
  ) {
    throw new ItacaError('invalid', `${path}: the plan of this send is not whole`, {
      hint: 'restore it from git or from a backup',
      path,
    });
  }
  const { content_sha256, query, at, by } = first;
  return { header: { content_sha256, query, at, ...(by === undefined ? {} : { by }) }, ...plan };
}

/**
 * Freezes the plan of a first send. It is on disk, whole, when this returns.
 * @throws ItacaError `conflict` where a plan was frozen already
 */
export async function freezePlan(folder: string, header: PlanHeader, plan: SendPlan): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = [
    withId({ event: 'plan', ...header, recipients: plan.recipients.length, left_out: plan.leftOut.length }),
    ...plan.recipients.map((recipient) => withId({ event: 'recipient', ...recipient })),
    ...plan.leftOut.map((entry) => withId({ event: 'left_out', ...entry })),
  ];
  const path = join(folder, 'plan.jsonl');
  const temporary = join(folder, `.plan.${process.pid}.tmp`);
  await writeFile(temporary, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { flush: true });
  try {
    // A link, unlike a rename, does not replace what is there.
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new ItacaError('conflict', 'this campaign has begun to send already', { path });
  } finally {
    await unlink(temporary);
  }
  await syncFolder(folder);
}

/** Removes what a crash left of a plan that was about to be frozen. Call it while nobody else sends. */
export async function removeHalfPlans(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((one) => /^\.plan\.\d+\.tmp$/.test(one))) await unlink(join(folder, name));
}

/**
 * Refuses to go on with a text other than the one that began.
 * @throws ItacaError `refused`
 */
export function requireSameContent(frozen: PlanHeader, contentSha256: string): void {
  if (frozen.content_sha256 === contentSha256) return;
  throw new ItacaError(
    'refused',
    `the content has changed since the send began on ${frozen.at.slice(0, 10)}`,
    {
      hint: 'put it back as it was, or make a new campaign (itaca campaign correct)',
    },
  );
}

function without<T extends { event: string }>(line: T): Omit<T, 'event'> {
  const { event: _, ...rest } = line;
  return rest;
}
