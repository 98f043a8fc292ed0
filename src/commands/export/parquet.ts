import { exportParquet } from '../../actions/export/parquet.js';
import type { Handler } from '../../cli/spec.js';
import { exportWorkspace } from './export-workspace.js';

export const run: Handler = (cli, _args, options) => exportWorkspace(cli, 'parquet', options, exportParquet);
