export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits so many milliseconds; returns at once when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

/**
 * Spreads messages evenly over time.
 * @param perMinute most messages a minute (`mail.throttle`)
 * @returns waits for the next free moment; calls at the same time get one each
 */
export function paceOf(perMinute: number, clock: Clock): (signal: AbortSignal | undefined) => Promise<void> {
  const interval = 60_000 / perMinute;
  let free = clock.now();
  return async (signal) => {
    const moment = Math.max(free, clock.now());
    free = moment + interval;
    const wait = moment - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
  };
}
