import type { Step } from '../../domain/sequences/sequence.js';

/** What `run` did for a person in a sequence, or why it did not. */
export interface SequenceOutcome {
  sequence: string;
  /** Id of the step; null for what is about no step. */
  step: string | null;
  channel: Step['channel'] | null;
  /** Reference of the contact; null for what is about the whole sequence. */
  to: string | null;
  /**
   * `task`: a call or a letter is somebody's to do. `left_out`: a rule forbids the step for now. `waiting`: something has
   * to be mended first. The states of messages are those of a campaign's.
   */
  state:
    | 'enrolled'
    | 'stopped'
    | 'skipped'
    | 'task'
    | 'sent'
    | 'unknown'
    | 'deferred'
    | 'rejected'
    | 'left_out'
    | 'waiting';
  why?: string;
}

/** Whether something should have been done and was not. */
export function isUndone({ state }: SequenceOutcome): boolean {
  return state === 'waiting' || state === 'unknown' || state === 'deferred' || state === 'rejected';
}
