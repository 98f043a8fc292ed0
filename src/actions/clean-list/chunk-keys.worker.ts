import { parentPort, workerData } from 'node:worker_threads';
import type { Chunk } from '../../csv/scan.js';
import { type ChunkReader, readChunkKeys } from './chunk-keys.js';

/** A thread that reads the keys of the chunks it is sent, one after the other. */
const reader = workerData as ChunkReader;
parentPort?.on('message', (chunk: Chunk) => parentPort?.postMessage(readChunkKeys(reader, chunk)));
