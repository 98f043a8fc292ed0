import { listOutbox } from '../../actions/outbox/list-outbox.js';
import type { Handler } from '../../cli/spec.js';
import { outboxColumns } from './columns.js';

export const run: Handler = async (cli) => {
  await cli.output.list(await listOutbox(await cli.workspace()), outboxColumns, 'nothing waits');
};
