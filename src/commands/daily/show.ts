import type { Handler } from '../../cli/spec.js';
import { showRecord } from '../shared/show-record.js';

export const run: Handler = (cli, [ref]) => showRecord(cli, ref as string);
