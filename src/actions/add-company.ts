import { foldCompanyName } from '../domain/companies/company-name.js';
import { hostOf } from '../domain/companies/domain-name.js';
import { vatFault, vatKey } from '../domain/companies/vat-number.js';
import { ItacaError } from '../domain/error.js';
import { type Created, newRecord } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface CompanyInput {
  name: string;
  vat?: string;
  domains?: string[];
  phones?: string[];
  office?: string;
  owner?: string;
  tags?: string[];
  note?: string;
}

/**
 * Puts a firm on file.
 * @throws ItacaError `usage` for what is no domain; `conflict` where one of the same name (legal form aside), or of the same VAT number, is on file
 */
export async function addCompany(input: CompanyInput, tools: Tools): Promise<Created> {
  const { note, ...data } = { ...input, ...(input.domains ? { domains: input.domains.map(domainOf) } : {}) };
  const index = await tools.workspace.index();
  const same = index.byKey('name', foldCompanyName(input.name), ['company'])[0];
  if (same) {
    throw new ItacaError('conflict', `${same.title} is on file: ${same.ref}`, {
      hint: `itaca company show ${same.id}`,
      path: same.path,
    });
  }
  if (input.vat !== undefined) await refuseKnownVat(input.vat, tools);
  for (const domain of data.domains ?? []) {
    for (const { ref } of index.byKey('domain', hostOf(domain), ['company']))
      tools.warn(`${domain} is also a domain of ${ref}`);
  }
  const record = await newRecord('company', data, { title: input.name, ...(note ? { note } : {}) }, tools);
  await write([record], { subject: `company add ${record.id}` }, tools);
  return record;
}

/** The domain of what a person types, which may be the address of a page. */
function domainOf(text: string): string {
  const domain = hostOf(text);
  if (/^[^\s.@]+(?:\.[^\s.@]+)+$/.test(domain)) return domain;
  throw new ItacaError('usage', `--domain ${text}: this is no domain`, { hint: 'write it as acme.example' });
}

async function refuseKnownVat(vat: string, tools: Tools): Promise<void> {
  const { workspace, warn } = tools;
  const index = await workspace.index();
  const [same] = index.byKey('identifier', vatKey(vat, workspace.country), ['company']);
  if (same)
    throw new ItacaError('conflict', `${vat} is the VAT number of ${same.title}: ${same.ref}`, {
      hint: `itaca company show ${same.id}`,
      path: same.path,
    });
  const fault = vatFault(vat, workspace.country);
  if (fault !== undefined) warn(fault);
}

/**
 * The reference of a firm by its name, and the record to create where there is none yet.
 * @param pending firms that the same command creates
 */
export async function companyByName(
  name: string,
  tools: Tools,
  pending: Map<string, Created> = new Map(),
  expected = 1,
): Promise<{ ref: string; created?: Created }> {
  const folded = foldCompanyName(name);
  const index = await tools.workspace.index();
  const known = index.byKey('name', folded, ['company'])[0];
  if (known) return { ref: known.ref };
  const earlier = pending.get(folded);
  if (earlier) return { ref: earlier.ref };
  const created = await newRecord('company', { name }, { title: name, expected }, tools);
  pending.set(folded, created);
  return { ref: created.ref, created };
}
