import type { Case } from '../domain/cases/case.js';
import type { CaseState } from '../domain/cases/states.js';
import { planMove } from '../domain/cases/transition.js';
import { ItacaError } from '../domain/error.js';
import { readProcess } from '../workspace/config/processes.js';
import type { StoredRecord } from '../workspace/records.js';
import { findRecord } from './find-record.js';
import { type Created, newRecord, nowIso } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface CaseInput {
  title: string;
  type: string;
  contact?: string;
  company?: string;
  channel?: string;
  priority?: string;
  owner?: string;
  office?: string;
  order?: string;
  agreement?: string;
  note?: string;
}

/** Opens a case. Anyone may; who it belongs to is shown until somebody owns it. */
export async function openCase(input: CaseInput, tools: Tools): Promise<Created> {
  const { workspace } = tools;
  const contact = input.contact ? await findRecord(workspace, input.contact, ['contact']) : undefined;
  const company = input.company ? await findRecord(workspace, input.company, ['company']) : undefined;
  const order = input.order ? await findRecord(workspace, input.order, ['order']) : undefined;
  const agreement = input.agreement ? await findRecord(workspace, input.agreement, ['agreement']) : undefined;
  refuseStranger(input.owner, tools);
  const process = readProcess(workspace.root, input.type);
  const at = nowIso(tools);
  const record = await newRecord(
    'case',
    {
      title: input.title,
      type: input.type,
      state: 'new',
      priority: input.priority,
      channel: input.channel,
      contact: contact?.ref,
      company: company?.ref ?? contact?.data.company,
      agreement: agreement?.ref,
      order: order?.ref,
      owner: input.owner,
      office: input.office ?? process?.office,
      opened_at: at,
      history: [{ at, by: tools.actor, to: 'new' }],
    },
    { title: input.title, ...(input.note ? { note: input.note } : {}) },
    tools,
  );
  await write([record], { subject: `case open ${record.id}` }, tools);
  return record;
}

/**
 * Moves a case along its process.
 * @throws ItacaError `refused` with the legal moves
 */
export async function moveCase(
  which: string,
  to: CaseState,
  details: { why?: string; set?: Record<string, unknown> },
  tools: Tools,
): Promise<StoredRecord<Case>> {
  const kase = await findRecord<Case>(tools.workspace, which, ['case']);
  const process = kase.data.type ? readProcess(tools.workspace.root, kase.data.type) : undefined;
  const plan = planMove(kase.data, { to, at: nowIso(tools), by: tools.actor, ...details }, process);
  const { id, path } = kase;
  await write([{ op: 'update', kind: 'case', id, path, ...plan }], { subject: `case ${to} ${id}` }, tools);
  return { ...kase, data: { ...kase.data, ...plan.set } as Case };
}

/** Gives a case to a member. */
export async function assignCase(
  which: string,
  owner: string,
  why: string | undefined,
  tools: Tools,
): Promise<StoredRecord<Case>> {
  refuseStranger(owner, tools);
  const kase = await findRecord<Case>(tools.workspace, which, ['case']);
  const office = tools.workspace.config.members?.[owner]?.office;
  const set = { owner, ...(office ? { office } : {}) };
  const entry = { at: nowIso(tools), by: tools.actor, owner, ...(why ? { why } : {}) };
  const { id, path } = kase;
  await write(
    [{ op: 'update', kind: 'case', id, path, set, append: { history: [entry] } }],
    { subject: `case assign ${id}` },
    tools,
  );
  return { ...kase, data: { ...kase.data, ...set } };
}

/** Refuses a member that `itaca.yaml` does not list, where it lists any. */
export function refuseStranger(member: string | undefined, { workspace }: Pick<Tools, 'workspace'>): void {
  const members = Object.keys(workspace.config.members ?? {});
  if (member === undefined || members.length === 0 || members.includes(member)) return;
  throw new ItacaError('usage', `"${member}" is not a member`, {
    hint: `members are: ${members.join(', ')}`,
  });
}
