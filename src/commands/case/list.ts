import { caseRows } from '../../actions/report-cases.js';
import type { Handler } from '../../cli/spec.js';
import { isOpen } from '../../domain/cases/states.js';
import { caseColumns } from '../shared/case-columns.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [words], options) => {
  const query = await cli.query(words as string[]);
  const workspace = await cli.workspace();
  const index = await workspace.index();
  const all = (options as { all?: boolean }).all === true;
  const cases =
    all || query !== undefined
      ? index.list({ kinds: ['case'], query }).filter((kase) => all || isOpen(kase.data.state))
      : index.openCases();
  const rows = await caseRows(cases, index, workspace);
  await cli.warnOfProblems();
  await cli.output.list(
    cases.map((kase, i) => ({ ...asJson(kase), ...rows[i] })),
    caseColumns,
    query === undefined && !all ? 'no case is open' : 'no case matches',
  );
};
