import type { Campaign } from '../../domain/campaigns/campaign.js';

/** Between two batches, while messages leave slowly, the record is looked at this often, in milliseconds. */
const lookMs = 1000;

/** Notices that somebody paused or cancelled a campaign, or a sequence, while it is being sent. */
export class PauseWatch {
  readonly #stop = new AbortController();
  #looked = Number.NEGATIVE_INFINITY;

  /** @param stateNow as its file says now */
  constructor(private readonly stateNow: () => Campaign['state'] | Promise<Campaign['state']>) {}

  /** Aborted once the campaign is paused. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Looks at the record. @param always also where it was looked at a moment ago */
  async look(always: boolean): Promise<void> {
    if (!always && performance.now() - this.#looked < lookMs) return;
    this.#looked = performance.now();
    const state = await this.stateNow();
    if (state === 'paused' || state === 'cancelled') this.#stop.abort();
  }
}
