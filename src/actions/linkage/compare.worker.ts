import { parentPort, workerData } from 'node:worker_threads';
import type { Share } from '../../domain/dedupe/linkage/blocking.js';
import { comparePairs } from '../../domain/dedupe/linkage/linkage.js';
import { Model } from '../../domain/dedupe/linkage/model.js';
import type { Table } from '../../domain/dedupe/linkage/table.js';

const { table, share } = workerData as { table: Table; share: Share };
parentPort?.postMessage(comparePairs(new Model(table), share));
