import { ItacaError } from '../domain/error.js';
import type { Tools } from './tools.js';

/** Refuses a member that `itaca.yaml` does not list, where it lists any. */
export function refuseStranger(member: string | undefined, { workspace }: Pick<Tools, 'workspace'>): void {
  const members = Object.keys(workspace.config.members ?? {});
  if (member === undefined || members.length === 0 || members.includes(member)) return;
  throw new ItacaError('usage', `"${member}" is not a member`, {
    hint: `members are: ${members.join(', ')}`,
  });
}
