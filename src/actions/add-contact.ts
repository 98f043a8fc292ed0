import { canonicalEmail } from '../domain/contacts/email-address.js';
import { foldPersonName } from '../domain/contacts/person-name.js';
import { ItacaError } from '../domain/error.js';
import { companyByName } from './add-company.js';
import { warnOfErased } from './erased-people.js';
import { type Created, newRecord, nowIso } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ContactInput {
  name: string;
  given_name?: string;
  family_name?: string;
  /** The firm by name; put on file where it is not. */
  company?: string;
  title?: string;
  emails?: string[];
  phones?: string[];
  language?: string;
  lifecycle?: string;
  owner?: string;
  office?: string;
  tags?: string[];
  /** Channel and name of where the person was met. */
  source?: string;
  note?: string;
}

/**
 * Puts a person on file, and the firm where it is new.
 * @throws ItacaError `conflict` where somebody of this name with this e-mail address is on file; `invalid` for an
 *   address that cannot be one
 */
export async function addContact(
  input: ContactInput,
  tools: Tools,
): Promise<{ contact: Created; company?: Created }> {
  const { note, company: firm, source, ...data } = input;
  for (const email of input.emails ?? []) await refuseKnown(email, input.name, tools);
  await warnOfErased(data, tools);
  const company = firm ? await companyByName(firm, tools) : undefined;
  const contact = await newRecord(
    'contact',
    {
      ...data,
      company: company?.ref,
      source: { ...(source ? { name: source } : {}), by: tools.actor, at: nowIso(tools) },
    },
    { title: input.name, ...(note ? { note } : {}) },
    tools,
  );
  const changes = company?.created ? [company.created, contact] : [contact];
  await write(changes, { subject: `contact add ${contact.id}` }, tools);
  return { contact, ...(company?.created ? { company: company.created } : {}) };
}

async function refuseKnown(email: string, name: string, tools: Tools): Promise<void> {
  const canonical = canonicalEmail(email);
  if (canonical === undefined) {
    throw new ItacaError('invalid', `"${email}" is not an e-mail address`, {
      hint: 'write it as mario@example.it',
    });
  }
  const index = await tools.workspace.index();
  for (const known of index.byKey('email', canonical, ['contact'])) {
    if (foldPersonName(known.title) === foldPersonName(name)) {
      throw new ItacaError('conflict', `${known.title} <${email}> is on file: ${known.ref}`, {
        path: known.path,
        hint: `itaca contact set ${known.id} key=value`,
      });
    }
    tools.warn(`${email} is also the address of ${known.title} (${known.ref})`);
  }
}
