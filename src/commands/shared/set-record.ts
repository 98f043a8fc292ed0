import { setRecord } from '../../actions/set-record.js';
import type { Cli } from '../../cli/context.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { asJson } from './list-records.js';

/** Sets keys of a record and says which changed. */
export async function setCommand(cli: Cli, kind: Kind, who: string, words: readonly string[]): Promise<void> {
  const { record, changed } = await cli.act((tools) => setRecord(who, kind, words, tools));
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
}
