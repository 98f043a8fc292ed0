/** How long nothing came, against what is usual. */
export interface Silence {
  /** Whole open days without a message since the last one; today is not over and does not count. */
  open_days: number;
  /** How likely so long a silence is where nothing is wrong, 0 to 1; null where too little came to judge by. */
  chance: number | null;
  /** Whether it is too unlikely to be one. */
  alarm: boolean;
}

/** So many open days up to the last message tell what is usual. */
const usualDays = 90;

/** With fewer open days than these nothing is usual yet. */
const fewestDays = 10;

/** A silence that is less likely than this raises the alarm. */
const unlikely = 0.01;

/** After so many days of silence an address is given up, and not broken. */
const givenUpDays = 366;

/**
 * Judges a silence by the rate before it. Of the last 90 open days up to the last message, d of D brought at least one;
 * if days are independent, one without any has the chance q = 1 − d ⁄ (D + 1) (Laplace's rule of succession, so that it is
 * never 0), and k of them in a row qᵏ: the geometric distribution (W. Feller, An Introduction to Probability Theory and
 * Its Applications, vol. 1, VI.8), which is a Poisson process seen by the day. Days are counted and not messages, since
 * messages come in bursts, as after a newsletter, and a burst must not make an ordinary quiet week look broken. The alarm
 * is raised below one in a hundred: in a channel that brings something every day after the second silent day, with
 * something on every other day after a week.
 * @param days on which messages came, counted in days since 1970-01-01, in any order
 * @param today in the same count
 * @param openDays the open days from one day to another, both included, in order
 */
export function silenceOf(
  days: Iterable<number>,
  today: number,
  openDays: (from: number, to: number) => readonly number[],
): Silence {
  const came = [...new Set(days)].sort((a, b) => a - b);
  const [first, last] = [came[0], came.at(-1)];
  if (first === undefined || last === undefined) return { open_days: 0, chance: null, alarm: false };
  const silent = openDays(last + 1, today - 1).length;
  // Holidays and closures may lie between: three times as many days hold 90 open ones almost everywhere.
  const usual = openDays(Math.max(first, last - 3 * usualDays), last).slice(-usualDays);
  if (usual.length < fewestDays) return { open_days: silent, chance: null, alarm: false };
  const busy = new Set(came.flatMap((day) => dayOf(day, usual))).size;
  const chance = (1 - busy / (usual.length + 1)) ** silent;
  return { open_days: silent, chance, alarm: chance < unlikely && today - last <= givenUpDays };
}

/** The open day that a message of a day counts for: one of a Sunday for the next day on which somebody reads it. */
function dayOf(day: number, open: readonly number[]): number[] {
  const [begin] = open;
  if (begin === undefined || day < begin) return [];
  return [open.find((one) => one >= day) ?? (open.at(-1) as number)];
}
