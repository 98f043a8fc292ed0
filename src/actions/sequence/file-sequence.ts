import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EnrolmentDraft } from '../../domain/sequences/enrolment-line.js';
import { isoDate } from '../../domain/time/clock.js';
import { sequenceFolder } from '../../workspace/config/sequences.js';
import { appendEnrolments } from '../../workspace/enrolments.js';
import type { Change } from '../../workspace/records.js';
import { cloneName } from '../clone-name.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';

/**
 * Puts on record what became of people in a sequence: lines of its ledger, and the tasks that it made.
 * @returns whether anything was written
 */
export async function fileSequence(
  name: string,
  { drafts, changes = [] }: { drafts: readonly EnrolmentDraft[]; changes?: Change[] },
  subject: string,
  tools: Tools,
): Promise<boolean> {
  const { workspace, clock } = tools;
  if (tools.dryRun || (drafts.length === 0 && changes.length === 0)) return false;
  const place = { clone: await cloneName(workspace), date: isoDate(clock.now(), clock.timeZone) };
  await appendEnrolments(workspace.root, name, drafts, place);
  await write(changes, { subject, also: ledgersOf(workspace.root, name), kept: true }, tools);
  return true;
}

/** Commits the ledgers and journals of all sequences, with what a run that was killed left of them. */
export async function fileLedgers(subject: string, tools: Tools): Promise<void> {
  const { root } = tools.workspace;
  const folder = join(root, sequenceFolder);
  if (!existsSync(folder)) return;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  await write([], { subject, also: names.flatMap(({ name }) => ledgersOf(root, name)) }, tools);
}

function ledgersOf(root: string, name: string): string[] {
  const folders = [`${sequenceFolder}/${name}`, `${sequenceFolder}/${name}/sends`];
  return folders.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .filter((file) => file.includes('.jsonl') && !file.startsWith('.'))
          .map((file) => `${folder}/${file}`)
      : [],
  );
}
