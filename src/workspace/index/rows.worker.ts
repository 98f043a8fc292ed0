import { parentPort, workerData } from 'node:worker_threads';
import { type IndexRow, readRow } from './row.js';

/** Reads its share of the files and hands the rows back in batches. */
const { root, country, files } = workerData as {
  root: string;
  country?: string;
  files: [path: string, size: number][];
};
let batch: IndexRow[] = [];
for (const [path, size] of files) {
  const row = readRow(root, path, size, country);
  if (row) batch.push(row);
  if (batch.length >= 500) {
    parentPort?.postMessage(batch);
    batch = [];
  }
}
parentPort?.postMessage(batch);
parentPort?.close();
