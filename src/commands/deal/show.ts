import type { Handler } from '../../cli/spec.js';
import { showRecord } from '../shared/show-record.js';

export const run: Handler = (cli, [which]) => showRecord(cli, which as string, ['deal']);
