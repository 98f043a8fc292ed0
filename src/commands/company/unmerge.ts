import type { Handler } from '../../cli/spec.js';
import { unmergeCommand } from '../shared/merge-records.js';

export const run: Handler = (cli, [merged]) => unmergeCommand(cli, 'company', merged as string);
