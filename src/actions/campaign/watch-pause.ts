import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { stateNow } from './file-sends.js';

/** Between two batches, while messages leave slowly, the record is looked at this often, in milliseconds. */
const lookMs = 1000;

/** Notices that somebody paused or cancelled a campaign while it is being sent. */
export class PauseWatch {
  readonly #stop = new AbortController();
  #looked = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly workspace: Workspace,
    private readonly campaign: StoredRecord<Campaign>,
  ) {}

  /** Aborted once the campaign is paused. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Looks at the record. @param always also where it was looked at a moment ago */
  async look(always: boolean): Promise<void> {
    if (!always && performance.now() - this.#looked < lookMs) return;
    this.#looked = performance.now();
    const state = await stateNow(this.campaign, this.workspace);
    if (state === 'paused' || state === 'cancelled') this.#stop.abort();
  }
}
