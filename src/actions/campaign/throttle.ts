import { setTimeout as wait } from 'node:timers/promises';
import type { Throttle } from '../../domain/config/throttle.js';
import { type Limit, type Pace, paceOf } from '../pace.js';

/** While messages wait for their moment, a pause is noticed this often, in milliseconds. */
const lookMs = 1000;

/**
 * The rate limit of a send, as `mail.throttle` says.
 * @param look done now and then while messages wait
 * @returns undefined where there is none
 */
export function paceWith(throttle: Throttle | undefined, look: () => Promise<void>): Pace | undefined {
  if (throttle === undefined) return undefined;
  const {
    domains = {},
    per_domain,
    ...all
  } = typeof throttle === 'number' ? { per_minute: throttle } : throttle;
  const named = new Map(Object.entries(domains).map(([domain, limit]) => [domain.toLowerCase(), limit]));
  const limitOf = (limit: typeof per_domain): Limit => ({
    ...(limit?.per_minute === undefined ? {} : { perMinute: limit.per_minute }),
    ...(limit?.connections === undefined ? {} : { connections: limit.connections }),
  });
  return paceOf(limitOf(all), (domain) => limitOf(named.get(domain) ?? per_domain), {
    now: () => performance.now(),
    async sleep(milliseconds, signal) {
      await pause(Math.min(milliseconds, lookMs), signal);
      await look();
    },
  });
}

/** The smallest of all limits a minute; Infinity where there is none. */
export function leastPerMinute(throttle: Throttle | undefined): number {
  if (throttle === undefined) return Number.POSITIVE_INFINITY;
  if (typeof throttle === 'number') return throttle;
  const { domains = {}, per_domain, ...all } = throttle;
  const limits = [all, per_domain ?? {}, ...Object.values(domains)];
  return Math.min(...limits.map(({ per_minute }) => per_minute ?? Number.POSITIVE_INFINITY));
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(milliseconds, undefined, signal ? { signal } : {}).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
}
