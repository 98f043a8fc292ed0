import { type AgreementInput, openAgreement } from '../../actions/agreements/open-agreement.js';
import type { Handler } from '../../cli/spec.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [who], options) => {
  const input = { ...(options as Omit<AgreementInput, 'who'>), who: who as string };
  const agreement = await cli.act((tools) => openAgreement(input, tools));
  const { number, end } = agreement.data;
  await cli.output.outcome(
    asJson({ ...agreement, title: '', at: null }),
    `${cli.dryRun ? 'would open' : 'opened'}: ${String(number ?? agreement.ref)}${end ? `, until ${String(end)}` : ''} (${agreement.ref})`,
    agreement.ref,
  );
};
