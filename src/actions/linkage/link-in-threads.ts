import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  type Compared,
  comparePairs,
  joinRecords,
  type Linkage,
  type LinkOptions,
  together,
} from '../../domain/dedupe/linkage/linkage.js';
import { Model } from '../../domain/dedupe/linkage/model.js';
import type { Table } from '../../domain/dedupe/linkage/table.js';

/** Fewer rows are compared sooner than a thread has its copy of them. */
const parallelFrom = 30_000;
const mostThreads = 4;

/** As `linkRecords`, and shared among threads where there is much to compare; the answer is the same. */
export async function linkInThreads(
  table: Table,
  { decisions = [], trained, progress }: LinkOptions = {},
): Promise<Linkage> {
  const show = (done: number) => progress?.('comparing', done);
  show(0);
  const model = new Model(table, trained);
  // Next to the bundle's files; absent when the sources run unbuilt, and then one thread does.
  const worker = new URL('./actions/linkage/compare.worker.js', import.meta.url);
  const threads = Math.min(mostThreads, availableParallelism());
  if (table.rows < parallelFrom || threads < 2 || !existsSync(fileURLToPath(worker))) {
    const compared = comparePairs(model, undefined, show);
    show(1);
    return joinRecords(model, compared, decisions);
  }
  const { Worker } = await import('node:worker_threads');
  const others = Array.from({ length: threads - 1 }, (_, i) => {
    const share = { part: i + 1, of: threads };
    return new Promise<Compared>((resolve, reject) => {
      const thread = new Worker(worker, { workerData: { table, share, trained } });
      thread.once('message', resolve);
      thread.once('error', reject);
    });
  });
  const mine = comparePairs(model, { part: 0, of: threads }, show);
  const compared = together([mine, ...(await Promise.all(others))]);
  show(1);
  return joinRecords(model, compared, decisions);
}
