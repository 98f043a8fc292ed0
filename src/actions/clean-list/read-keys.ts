import { Worker } from 'node:worker_threads';
import { bodyChunks, type CsvFile } from '../../csv/open-csv.js';
import { type Chunk, newlineByte } from '../../csv/scan.js';
import type { ListKeys } from '../../domain/dedupe/clean-list.js';
import type { Columns } from '../../domain/lists/columns.js';
import { type ChunkKeys, type ChunkReader, type FlaggedCell, readChunkKeys } from './chunk-keys.js';

/** All rows of a list: what they are compared by, and where they stand in the file. */
export interface ListRows extends ListKeys {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly lines: readonly number[];
  readonly marks: readonly number[];
  /** Row numbers count from the first row of the list. */
  readonly flagged: readonly FlaggedCell[];
}

export interface ReadOptions {
  country: string | undefined;
  /** Threads beside this one; 0 or 1 reads here. */
  workers: number;
  progress?: ((done: number, total: number) => void) | undefined;
}

/** Reads the keys of all rows, chunk by chunk; the outcome is the same for any number of threads. */
export async function readListRows(file: CsvFile, columns: Columns, options: ReadOptions): Promise<ListRows> {
  const chunks = [...bodyChunks(file)];
  const reader: ChunkReader = {
    bytes: file.bytes,
    delimiter: file.delimiter,
    newline: newlineByte(file.bytes),
    columns,
    country: options.country,
    width: file.headerRow?.cells.length ?? file.sample[0]?.cells.length ?? 0,
  };
  const total = file.body.end - file.body.start;
  let done = 0;
  const note = (chunk: Chunk) => {
    done += chunk.end - chunk.start;
    options.progress?.(done, total);
  };
  const workers = Math.min(options.workers, chunks.length);
  const entry = workerEntry();
  if (workers < 2 || entry === undefined) {
    return gather(
      chunks.map((chunk) => {
        const keys = readChunkKeys(reader, chunk);
        note(chunk);
        return keys;
      }),
    );
  }
  return gather(await readInThreads(entry, reader, chunks, workers, note));
}

/** Where the bundled thread lies; the sources are not run in threads. */
function workerEntry(): URL | undefined {
  if (import.meta.url.endsWith('.ts')) return undefined;
  return new URL('./actions/clean-list/chunk-keys.worker.js', import.meta.url);
}

async function readInThreads(
  entry: URL,
  reader: ChunkReader,
  chunks: readonly Chunk[],
  count: number,
  note: (chunk: Chunk) => void,
): Promise<ChunkKeys[]> {
  const shared = new Uint8Array(new SharedArrayBuffer(reader.bytes.byteLength));
  shared.set(reader.bytes);
  const results: ChunkKeys[] = new Array(chunks.length);
  let next = 0;
  const run = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      let at = 0;
      const give = () => {
        at = next++;
        if (at < chunks.length) worker.postMessage(chunks[at]);
        else resolve();
      };
      worker.on('message', (keys: ChunkKeys) => {
        results[at] = keys;
        note(chunks[at]!);
        give();
      });
      worker.on('error', reject);
      give();
    });
  const workers = Array.from(
    { length: count },
    () => new Worker(entry, { workerData: { ...reader, bytes: shared } }),
  );
  try {
    await Promise.all(workers.map(run));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

function gather(chunks: readonly ChunkKeys[]): ListRows {
  const rows = {
    emails: [] as string[],
    phones: [] as string[],
    names: [] as string[],
    companies: [] as string[],
    bare: [] as string[],
    filled: [] as number[],
    starts: [] as number[],
    ends: [] as number[],
    lines: [] as number[],
    marks: [] as number[],
    flagged: [] as FlaggedCell[],
  };
  for (const chunk of chunks) {
    const before = rows.starts.length;
    if (chunk.starts.length === 0) continue;
    for (const key of ['emails', 'phones', 'names', 'companies', 'bare'] as const) {
      const column = rows[key];
      for (const value of chunk[key].split('\n')) column.push(value);
    }
    for (const key of ['filled', 'starts', 'ends', 'lines', 'marks'] as const) {
      const column = rows[key];
      for (const value of chunk[key]) column.push(value);
    }
    for (const flag of chunk.flagged) rows.flagged.push({ ...flag, row: flag.row + before });
  }
  return rows;
}
