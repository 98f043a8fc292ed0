import { suppressionsOf } from '../../actions/suppressions.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import type { StoredRecord } from '../../workspace/records.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [what], options) => {
  const { scope } = options as { scope?: string };
  const workspace = await cli.workspace();
  const found = (await suppressionsOf(workspace, what as string)).filter(
    ({ data }) => scope === undefined || (data.scope ?? 'all') === 'all' || data.scope === scope,
  );
  const unreadable = (await workspace.index()).unreadable(['suppression'])[0];
  if (unreadable) {
    throw new ItacaError('refused', 'a suppression cannot be read, so nobody may be written to', {
      path: unreadable.path,
      ...(unreadable.line === null ? {} : { line: unreadable.line }),
      hint: 'itaca check',
    });
  }
  const [one] = found;
  await cli.output.outcome(
    {
      address: what,
      suppressed: found.length > 0,
      suppressions: (found as unknown as StoredRecord[]).map((record) => asJson(record)),
    },
    one
      ? `${what as string} must not be written to: ${one.data.reason}, scope ${one.data.scope ?? 'all'}, since ${one.data.at ?? 'ever'}`
      : `nothing forbids writing to ${what as string}`,
    one ? `${one.data.reason}\t${one.data.scope ?? 'all'}\t${one.ref}` : '',
  );
  if (one) process.exitCode = 6;
};
