import { refuseUnknownSource } from '../../actions/inbox/known-sources.js';
import { listInbox } from '../../actions/inbox/list-inbox.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { inboxColumns } from './columns.js';

interface Options {
  all?: boolean;
  filed?: boolean;
  dismissed?: boolean;
  source?: string;
}

export const run: Handler = async (cli, _args, options) => {
  const { all, filed, dismissed, source } = options as Options;
  const workspace = await cli.workspace();
  if ([all, filed, dismissed].filter(Boolean).length > 1)
    throw new ItacaError('usage', '--all, --filed and --dismissed exclude each other');
  if (source !== undefined) await refuseUnknownSource(source, workspace);
  const state = all ? 'all' : filed ? 'filed' : dismissed ? 'dismissed' : 'waiting';
  const rows = await listInbox(workspace, { state, source });
  await cli.output.list(rows, inboxColumns, state === 'waiting' ? 'nothing waits' : 'nothing');
};
