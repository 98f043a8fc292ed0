import { rmSync } from 'node:fs';
import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import { findRepository } from '../../git/repository.js';
import type { Erasure } from '../../workspace/erasures.js';
import { stateFolder } from '../../workspace/high-water.js';
import type { Tools } from '../tools.js';
import { erase, forgetIndex } from './erase.js';
import { type FilterPlan, filterFolder, planFilter } from './filter-plan.js';
import { findWhoGoes } from './find-person.js';
import type { ErasurePlan } from './plan-erasure.js';
import { type Purged, purgeHistory, remoteToRewrite } from './purge.js';
import { readyToRewrite } from './rewrite-past.js';

/** What became of an erasure. */
export interface Erased {
  /** Id of the contact. */
  contact: string;
  plan: ErasurePlan;
  erasure: Erasure;
  /** Whether an erasure of him was on file before. */
  already: boolean;
  commit: string | undefined;
  purged: Purged | undefined;
  /** How to rewrite the past, where that was not asked for. */
  filter: FilterPlan | undefined;
}

/**
 * Erases a person (GDPR, art. 17), in the files of today and, where that is asked for, in the past.
 * @param confirm told the plan and the name that confirms it; throws to refuse
 */
export async function eraseContact(
  who: string,
  { keep, why, purge }: { keep: readonly Kind[]; why: string | undefined; purge: boolean },
  confirm: (plan: ErasurePlan, name: string) => Promise<void>,
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<Erased> {
  const { workspace } = tools;
  const { contacts, name, erased: earlier } = await findWhoGoes(who, workspace);
  if (purge) {
    if (!tools.commit && !tools.dryRun)
      throw new ItacaError('usage', 'the past is rewritten with the erasure as its last commit', {
        hint: 'leave --no-commit out; with commit: manual set it to auto meanwhile',
      });
    const ready = await readyToRewrite(workspace.root);
    // Before anything is erased: what says that the past is purged is not to stand without that.
    await remoteToRewrite(ready, { ...tools, warn: () => {} });
  }
  const kept = (earlier?.kept as Kind[] | undefined) ?? keep;
  const { plan, erasure, commit } = await erase(
    { contacts, keep: kept, why, purge, earlier },
    async (planned) => {
      if (!earlier || purge || planned.changes.length > 0) await confirm(planned, name);
    },
    environment,
    tools,
  );
  const result = { contact: contacts[0] as string, plan, erasure, already: earlier !== undefined, commit };
  if (tools.dryRun) return { ...result, purged: undefined, filter: undefined };
  if (purge) {
    const request = { contacts, kept, removed: erasure.records, surviving: plan.surviving };
    const purged = await purgeHistory(request, environment, tools);
    // An earlier erasure may have told how to do this by hand.
    const told = filterFolder(stateFolder(workspace.config.id, environment), contacts[0] as string);
    rmSync(told, { recursive: true, force: true });
    return { ...result, purged, filter: undefined };
  }
  const repository = await findRepository(workspace.root);
  const filter =
    repository?.head && !earlier
      ? await planFilter(plan.learned, repository, stateFolder(workspace.config.id, environment))
      : undefined;
  forgetIndex(tools);
  return { ...result, purged: undefined, filter };
}
