import type { Fault, Judged } from '../check/fault.js';
import { idOfRef } from './ids.js';
import { type Kind, kinds } from './kind-names.js';

const ofParties = { contact: ['contact'], company: ['company'] } as const;

/** Which keys of a kind name other records, and of which kinds. Keys that Itaca does not know are none of these. */
export const references: Readonly<Record<Kind, Readonly<Record<string, readonly Kind[]>>>> = {
  contact: { company: ['company'], positions: ['company'], merged_into: ['contact'] },
  company: { parent: ['company'], merged_into: ['company'] },
  interaction: {
    contacts: ['contact'],
    company: ['company'],
    case: ['case'],
    deal: ['deal'],
    campaign: ['campaign'],
    agreement: ['agreement'],
    answers: ['interaction'],
    edits: ['interaction'],
    warns: kinds,
  },
  promise: {
    to: ['contact', 'company'],
    made_in: ['interaction'],
    case: ['case'],
    kept_in: ['interaction'],
  },
  case: {
    ...ofParties,
    agreement: ['agreement'],
    order: ['order'],
    merged_into: ['case'],
    confirmed_by_customer: ['interaction'],
    corrective_action: ['interaction'],
    related: ['case'],
  },
  deal: ofParties,
  agreement: { ...ofParties, confirmation: ['interaction'] },
  order: { contact: ['contact'], agreement: ['agreement'], campaign: ['campaign'] },
  campaign: { corrects: ['campaign'] },
  suppression: {},
  decision: { pair: ['contact', 'company'] },
};

/**
 * What is wrong with a reference.
 * @param target id that the key names
 * @param found kind of the record with that id; undefined where there is none
 */
export function referenceFault(
  { kind, data }: Pick<Judged, 'kind' | 'data'>,
  key: string,
  target: string,
  found: Kind | undefined,
): Fault | undefined {
  const wanted = references[kind][key];
  if (!wanted || (found !== undefined && wanted.includes(found))) return undefined;
  const value = data[key];
  const position = Array.isArray(value) ? value.findIndex((item) => idOfRef(String(item)) === target) : -1;
  return {
    at: position < 0 ? [key] : [key, position],
    message:
      found === undefined
        ? `${key}: no record has the id ${target}`
        : `${key}: expected ${wanted.map(named).join(' or ')}, but ${target} is the id of ${named(found)}`,
  };
}

function named(kind: Kind): string {
  return `${/^[aio]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
