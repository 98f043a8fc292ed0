import type { PromiseAccount } from '../../domain/promises/account.js';
import { isoInstant } from '../../domain/time/clock.js';

/**
 * What became of a promise, as `--json` gives it: `proof` names the interaction in which the customer came back for what
 * he had not got, `proof_at` says when, ISO 8601 with the offset of the zone; both null where there is none.
 */
export function accountJson({ state, late, proof }: PromiseAccount, timeZone: string) {
  return {
    state,
    kept_late: late,
    proof: proof?.ref ?? null,
    proof_at: proof ? isoInstant(proof.at, timeZone) : null,
  };
}
