import type { Handler } from '../../cli/spec.js';
import { showRecord } from '../shared/show-record.js';

export const run: Handler = (cli, [who]) => showRecord(cli, who as string, ['contact']);
