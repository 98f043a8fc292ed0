import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import { derivedId } from '../../domain/records/derived-id.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { folders } from '../../domain/records/kind-names.js';
import { findRepository, operationUnderWay } from '../../git/repository.js';
import { sequenceNames } from '../../workspace/config/definition-files.js';
import { sequenceFolder } from '../../workspace/config/sequences.js';
import { type Erasure, erasurePath, formatErasure } from '../../workspace/erasures.js';
import { insideWorkspace, readOrNull, writeFileAtomic } from '../../workspace/files.js';
import { stateFolder } from '../../workspace/high-water.js';
import { lockSending } from '../../workspace/journal.js';
import { keepMarks } from '../../workspace/journal-marks.js';
import type { Change } from '../../workspace/records.js';
import { addressHmac, phoneHmac } from '../address-hmac.js';
import { nowIso } from '../new-record.js';
import { flushesFolder } from '../outbox/waiting.js';
import { noticesFolder } from '../run/ready-notices.js';
import { sequenceId } from '../sequence/as-campaign.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';
import { type ErasurePlan, planErasure } from './plan-erasure.js';

/** What is to be erased, and how. */
export interface ErasureRequest {
  /** Ids of the contact and of those merged into it, the contact first. */
  contacts: readonly string[];
  /** Kinds that stay, without the person. */
  keep: readonly Kind[];
  why: string | undefined;
  /** Whether the past is rewritten, too. */
  purge: boolean;
  /** That was done before, here or by the team: it stays as it says. */
  earlier: Erasure | undefined;
}

/**
 * Takes a person out of the files of today, as one commit: records and files that are his alone go, all others stay
 * without him. What stays is that he was erased, and hashes of his addresses, so that nobody writes to them.
 * @param confirm told the plan before anything is written; throws to refuse
 * @returns the plan; whether something was written
 */
export async function erase(
  request: ErasureRequest,
  confirm: (plan: ErasurePlan) => Promise<void>,
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<{ plan: ErasurePlan; erasure: Erasure; commit: string | undefined }> {
  const { root } = tools.workspace;
  const repository = await findRepository(root);
  const busy = repository && operationUnderWay(repository);
  if (busy) throw new ItacaError('conflict', `a ${busy} is under way`, { hint: 'finish it first' });
  const { contacts, keep, earlier } = request;
  const plan = await planErasure(contacts, keep, earlier?.records ?? [], repository, tools);
  const erasure = erasureOf(request, plan, tools);
  await confirm(plan);
  if (tools.dryRun) return { plan, erasure, commit: undefined };
  const changes = [...plan.changes, ...(await remainders(plan, erasure, earlier, tools))];
  const done = await rewritingJournals('contact erase', environment, tools, () =>
    write(changes, { subject: `contact erase ${contacts[0]}`, records: [...contacts], whole: true }, tools),
  );
  for (const path of plan.outbox) rmSync(insideWorkspace(root, path), { force: true });
  for (const { path, bytes } of plan.strays) writeFileAtomic(root, path, bytes);
  return { plan, erasure, commit: done?.commit };
}

/**
 * Does what rewrites lines of journals, while nobody of this machine sends; what it remembers of them goes along.
 * @throws ItacaError `locked` where another process sends
 */
export async function rewritingJournals<T>(
  about: string,
  environment: NodeJS.ProcessEnv,
  { workspace: { root, config } }: Pick<Tools, 'workspace'>,
  action: () => Promise<T>,
): Promise<T> {
  const state = stateFolder(config.id, environment);
  const unlock = await lockSending(state, about);
  try {
    const sequences = sequenceNames(root).map(
      (name) => [sequenceId(name), `${sequenceFolder}/${name}/sends`] as const,
    );
    const own = [noticesFolder, flushesFolder].map((folder) => [folder, folder] as const);
    const marks = await keepMarks(root, state, new Map([...sequences, ...own]));
    const done = await action();
    await marks.renew();
    return done;
  } finally {
    await unlock();
  }
}

/** Throws the index away; it is built anew by the next command. */
export function forgetIndex(tools: Tools): void {
  // Pages of the old index hold what stood in records; it is built anew by the next command.
  tools.workspace.close();
  const folder = join(tools.workspace.root, '.itaca');
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (name === 'tmp' || name.startsWith('index.'))
      rmSync(join(folder, name), { recursive: true, force: true });
}

/** Id and path of the suppression that an erasure leaves. */
export function erasureSuppression(
  { contacts: [contact] }: Erasure,
  workspaceId: string,
): { id: string; path: string } {
  const id = derivedId(workspaceId, 'suppression', `erased ${contact}`);
  return { id, path: `${folders.suppression}/${id}.md` };
}

function erasureOf(
  { contacts, keep, why: given, purge, earlier }: ErasureRequest,
  plan: ErasurePlan,
  tools: Tools,
): Erasure {
  const own = new Set(contacts);
  const gone = new Set([...(earlier?.records ?? []), ...plan.removed.map(({ id }) => id)]);
  const records = [...gone].filter((id) => !own.has(id)).sort();
  const why = earlier?.why ?? (given === undefined ? undefined : plan.learned.eraser.text(given));
  const purged = purge || earlier?.history === 'purged';
  const kept = earlier?.kept ?? keep;
  return {
    contacts: [...contacts],
    at: earlier?.at ?? nowIso(tools),
    by: earlier?.by ?? tools.actor,
    ...(why === undefined ? {} : { why }),
    ...(kept.length > 0 ? { kept: [...kept] } : {}),
    records,
    ...(purged ? { history: 'purged' as const } : {}),
  };
}

/** What stays of the person: that he was erased, and hashes of his addresses and of his numbers with his name. */
async function remainders(
  { learned: { person } }: ErasurePlan,
  erasure: Erasure,
  earlier: Erasure | undefined,
  tools: Tools,
): Promise<Change[]> {
  const { config, root } = tools.workspace;
  const [contact = ''] = erasure.contacts;
  const text = formatErasure(erasure);
  const path = erasurePath(contact);
  const now = readOrNull(insideWorkspace(root, path))?.toString();
  const changes: Change[] = now === text ? [] : [{ op: 'write', path, text }];
  const hashes = [...new Set(person.emails.flatMap((address) => canonicalEmail(address) ?? []))].map(
    (address) => addressHmac(address, config.salt),
  );
  // Of a number and a name that both are another's, too, he would be kept off the file.
  const phones = person.reached
    .filter(({ phone, name }) => person.phones.includes(phone) || person.names.includes(name))
    .map(({ phone, name }) => phoneHmac(phone, name, config.salt));
  if (earlier || hashes.length + phones.length === 0) return changes;
  changes.push({
    op: 'create',
    kind: 'suppression',
    ...erasureSuppression(erasure, config.id),
    data: {
      ...(hashes.length > 0 ? { address_hmac: hashes.sort() } : {}),
      ...(phones.length > 0 ? { phone_hmac: [...new Set(phones)].sort() } : {}),
      scope: 'all',
      reason: 'erased',
      at: erasure.at,
      by: erasure.by,
    },
    note: '',
  });
  return changes;
}
