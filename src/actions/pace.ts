export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Waits so many milliseconds; returns at once when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

/** Most messages at a time and over time (`mail.throttle`). */
export interface Limit {
  perMinute?: number;
  connections?: number;
}

/** Says which message may leave next, and when. */
export interface Pace {
  /**
   * Takes the first of those waiting that may leave, once one may; the first of all when the signal is aborted.
   * @param waiting the one taken is removed from it
   * @returns undefined where nothing waits any more
   */
  take<T>(
    waiting: T[],
    addressOf: (one: T) => string,
    signal: AbortSignal | undefined,
  ): Promise<T | undefined>;
  /** The message to an address that was taken has left, or has not. */
  left(address: string): void;
}

/** While all lanes are taken, it is looked this often whether one is free again, in milliseconds. */
const lookMs = 20;

/**
 * Spreads messages evenly over time, over all and over the domains they go to. One domain that must wait does not hold
 * up the others.
 * @param all limits of the whole send
 * @param ofDomain limits of a domain, in lower case; undefined for none
 */
export function paceOf(all: Limit, ofDomain: (domain: string) => Limit | undefined, clock: Clock): Pace {
  const lanes = new Map<string, Lane>();
  const whole = new Lane(all, clock.now());
  const laneOf = (address: string): Lane => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    let lane = lanes.get(domain);
    if (!lane) {
      lane = new Lane(ofDomain(domain) ?? {}, clock.now());
      lanes.set(domain, lane);
    }
    return lane;
  };
  return {
    async take(waiting, addressOf, signal) {
      while (waiting.length > 0) {
        const now = clock.now();
        let wait = Number.POSITIVE_INFINITY;
        for (const [index, one] of waiting.entries()) {
          const lane = laneOf(addressOf(one));
          const until = signal?.aborted ? 0 : Math.max(whole.waits(now), lane.waits(now));
          wait = Math.min(wait, until);
          if (until > 0) continue;
          whole.enter(now);
          lane.enter(now);
          waiting.splice(index, 1);
          return one;
        }
        await clock.sleep(wait, signal);
      }
      return undefined;
    },
    left(address) {
      whole.leave();
      laneOf(address).leave();
    },
  };
}

class Lane {
  private inFlight = 0;
  private readonly interval: number;

  constructor(
    private readonly limit: Limit,
    private free: number,
  ) {
    this.interval = limit.perMinute === undefined ? 0 : 60_000 / limit.perMinute;
  }

  /** Milliseconds until another message may leave, as far as it is known. */
  waits(now: number): number {
    if (this.inFlight >= (this.limit.connections ?? Number.POSITIVE_INFINITY)) return lookMs;
    return Math.max(0, this.free - now);
  }

  enter(now: number): void {
    this.inFlight++;
    this.free = Math.max(this.free, now) + this.interval;
  }

  leave(): void {
    this.inFlight--;
  }
}
