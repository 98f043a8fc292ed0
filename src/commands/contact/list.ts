import type { Handler } from '../../cli/spec.js';
import { contactColumns } from '../shared/columns.js';
import { listRecords } from '../shared/list-records.js';

export const run: Handler = (cli, [words]) => listRecords(cli, 'contact', words as string[], contactColumns);
