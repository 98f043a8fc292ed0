import { parentPort, workerData } from 'node:worker_threads';
import type { Share } from '../../domain/dedupe/linkage/blocking.js';
import { comparePairs } from '../../domain/dedupe/linkage/linkage.js';
import { Model, type Trained } from '../../domain/dedupe/linkage/model.js';
import type { Table } from '../../domain/dedupe/linkage/table.js';

const { table, share, trained } = workerData as { table: Table; share: Share; trained?: Trained };
parentPort?.postMessage(comparePairs(new Model(table, trained), share));
