import { addContact } from '../../actions/add-contact.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { asJson } from '../shared/list-records.js';

interface Options {
  name?: string;
  givenName?: string;
  familyName?: string;
  email?: string[];
  phone?: string[];
  company?: string;
  title?: string;
  language?: string;
  lifecycle?: string;
  tag?: string[];
  source?: string;
  owner?: string;
  office?: string;
  note?: string;
}

export const run: Handler = async (cli, _args, options) => {
  const given = options as Options;
  const name = given.name ?? [given.givenName, given.familyName].filter(Boolean).join(' ');
  if (name.trim() === '') {
    throw new ItacaError('usage', 'a contact needs a name', {
      hint: 'itaca contact add --name "Mario Rossi" --email mario@example.it',
    });
  }
  const { contact, company } = await cli.act((tools) =>
    addContact(
      {
        name: name.trim(),
        ...(given.givenName ? { given_name: given.givenName } : {}),
        ...(given.familyName ? { family_name: given.familyName } : {}),
        ...(given.company ? { company: given.company } : {}),
        ...(given.title ? { title: given.title } : {}),
        ...(given.email ? { emails: given.email } : {}),
        ...(given.phone ? { phones: given.phone } : {}),
        ...(given.language ? { language: given.language } : {}),
        ...(given.lifecycle ? { lifecycle: given.lifecycle } : {}),
        ...(given.tag ? { tags: given.tag } : {}),
        ...(given.source ? { source: given.source } : {}),
        ...(given.owner ? { owner: given.owner } : {}),
        ...(given.office ? { office: given.office } : {}),
        ...(given.note ? { note: given.note } : {}),
      },
      tools,
    ),
  );
  const verb = cli.dryRun ? 'would add' : 'added';
  await cli.output.outcome(
    asJson({ ...contact, title: name, at: null }),
    `${verb} ${contact.ref}${company ? ` and ${company.ref}` : ''}`,
    contact.ref,
  );
};
