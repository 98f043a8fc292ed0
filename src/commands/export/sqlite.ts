import { exportSqlite } from '../../actions/export/sqlite.js';
import type { Handler } from '../../cli/spec.js';
import { exportWorkspace } from './export-workspace.js';

export const run: Handler = (cli, _args, options) => exportWorkspace(cli, 'sqlite', options, exportSqlite);
