import { ItacaError } from '../../domain/error.js';
import { requireOwnPlace } from '../run/own-place.js';
import { giveBack, hasRemote, leaveToSend, type TeamLease } from '../run/team-lease.js';
import type { Tools } from '../tools.js';
import { inherit } from './claims.js';

export interface RightOptions {
  environment: NodeJS.ProcessEnv;
  /** Send although the team's remote cannot be asked. */
  offline: boolean;
  /** Take the right to send from whoever has it. */
  takeOver: boolean;
}

/**
 * Takes the right to send: the team's lease where there is a remote; else this machine and folder must be the ones that
 * send. What goes to the outbox or a folder of messages needs none, for it has not left yet.
 * @param way how it leaves: `smtp`, `letter`, `phone`, `outbox` or `eml`
 * @returns the lease, which `giveBack` has to follow; and whether anything came in that the plan does not know of
 * @throws ItacaError `locked` where another clone or process sends; `partial` where the remote cannot be reached and that
 *   is not allowed for; `refused` in a copy of the folder
 */
export async function rightToSend(
  { what, way }: { what: string; way: string },
  options: RightOptions,
  tools: Tools,
): Promise<{ team?: TeamLease; news: boolean }> {
  const { root } = tools.workspace;
  if (way === 'outbox' || way === 'eml') return { news: false };
  const { environment, offline, takeOver } = options;
  const remote = await hasRemote(tools);
  if (remote) {
    const { team, hold } = await leaveToSend(tools, {
      what,
      by: 'smtp',
      environment,
      mayTakeOver: async ({ holder, records }) => {
        if (!takeOver) return false;
        const { who, since } = holder;
        const blocks = records.length === 1 ? '1 block' : `${records.length} blocks`;
        await tools.confirm(
          `Take the lease from ${who} (${holder.what}, since ${since}, ${blocks} of messages claimed)? What was claimed and not reported is never sent again by itself.`,
        );
        return true;
      },
    });
    if (hold && team) await giveBack(team, { wrote: false, sent: false }, tools);
    const unreachable = hold && !team && (hold.code === 'partial' || hold.code === 'not_found');
    if (hold && !(offline && unreachable)) throw withHint(hold, unreachable === true);
    if (team) {
      try {
        await inherit(team.lease.inherited, environment, tools);
      } catch (error) {
        await giveBack(team, { wrote: true, sent: true }, tools);
        throw error;
      }
      return { team, news: team.news || team.lease.inherited.length > 0 };
    }
    tools.warn(
      'the team’s remote was not asked: another office may be sending the same, and nobody would know',
    );
  }
  await requireOwnPlace(root, async (bound) => {
    if (takeOver) await tools.confirm(`Send from here, and no more from ${bound}?`);
    return takeOver;
  });
  return { news: false };
}

function withHint(hold: ItacaError, unreachable: boolean): ItacaError {
  if (!unreachable) return hold;
  const way = 'or send with --offline, at the risk that another clone sends it, too';
  return new ItacaError(hold.code, hold.message, {
    hint: hold.hint === undefined ? way : `${hold.hint}; ${way}`,
    cause: hold,
  });
}
