import type { Index } from '../workspace/index/index.js';
import type { Workspace } from '../workspace/workspace.js';

/** What a record is called that another one names; the reference itself where it is missing. */
export function nameOf(ref: string | undefined, index: Index): string | null {
  return ref ? (index.get(ref.slice(-10))?.title ?? ref) : null;
}

/** The office of a member; null where `itaca.yaml` names none. */
export function officeOf(member: string | null | undefined, { config }: Workspace): string | null {
  return (member && config.members?.[member]?.office) || null;
}
