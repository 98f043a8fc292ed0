import { setRecord } from '../../actions/set-record.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [who, words]) => {
  const { record, changed } = await cli.act((tools) =>
    setRecord(who as string, 'contact', words as string[], tools),
  );
  const data = Object.fromEntries(
    Object.entries({ ...record.data, ...changed }).filter(
      ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
  const keys = Object.keys(changed).join(', ');
  const sentence =
    keys === ''
      ? `${record.ref} is like that already`
      : `${cli.dryRun ? 'would change' : 'changed'} ${keys} of ${record.ref}`;
  await cli.output.outcome(asJson({ ...record, data }), sentence, record.ref);
};
