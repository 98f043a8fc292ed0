import type { Handler } from '../../cli/spec.js';
import { companyColumns } from '../shared/columns.js';
import { listRecords } from '../shared/list-records.js';

export const run: Handler = (cli, [words]) => listRecords(cli, 'company', words as string[], companyColumns);
