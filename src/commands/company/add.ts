import { addCompany } from '../../actions/add-company.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { asJson } from '../shared/list-records.js';

interface Options {
  name?: string;
  vat?: string;
  domain?: string[];
  phone?: string[];
  tag?: string[];
  owner?: string;
  office?: string;
  note?: string;
}

export const run: Handler = async (cli, _args, options) => {
  const { name, domain, phone, tag, ...rest } = options as Options;
  if (!name?.trim())
    throw new ItacaError('usage', 'a company needs a name', { hint: 'itaca company add --name "ACME srl"' });
  const company = await cli.act((tools) =>
    addCompany(
      {
        ...rest,
        name: name.trim(),
        ...(domain ? { domains: domain } : {}),
        ...(phone ? { phones: phone } : {}),
        ...(tag ? { tags: tag } : {}),
      },
      tools,
    ),
  );
  await cli.output.outcome(
    asJson({ ...company, title: name, at: null }),
    `${cli.dryRun ? 'would add' : 'added'} ${company.ref}`,
    company.ref,
  );
};
