import { type CaseInput, openCase } from '../../actions/cases.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [title], options) => {
  const record = await cli.act((tools) =>
    openCase({ ...(options as unknown as CaseInput), title: title as string }, tools),
  );
  await cli.output.outcome(
    asJson({ ...record, title: title as string, at: null }),
    `${cli.dryRun ? 'would open' : 'opened'} ${record.ref}${record.data.owner ? '' : ', nobody owns it yet'}`,
    record.ref,
  );
};
