/** A way that cases went: the names of their events in order, and how many went it. */
export interface Variant {
  /** Places in the list of activities. */
  path: readonly number[];
  cases: number;
}

/**
 * Gathers what event logs are measured by, case by case. Of the cases themselves it keeps one number, how long each
 * took: all else follows from the variants.
 */
export class Variants {
  /** Names of activities in the order in which they first came. */
  readonly activities: string[] = [];
  cases = 0;
  events = 0;
  private readonly places = new Map<string, number>();
  private readonly byPath = new Map<string, { path: number[]; cases: number }>();
  private readonly milliseconds: number[] = [];

  /** @param events of one case in the order of time, at least one; moments in epoch milliseconds */
  add(events: readonly { ms: number; name: string }[]): void {
    const path = events.map(({ name }) => this.place(name));
    const key = path.join(' ');
    const known = this.byPath.get(key);
    if (known) known.cases++;
    else this.byPath.set(key, { path, cases: 1 });
    this.cases++;
    this.events += events.length;
    this.milliseconds.push((events.at(-1)?.ms ?? 0) - (events[0]?.ms ?? 0));
  }

  /** The variants, the commonest first; of equally common ones the one that came first. */
  list(): Variant[] {
    return [...this.byPath.values()].sort((a, b) => b.cases - a.cases);
  }

  /** How long cases took, from their first event to their last, in milliseconds, the shortest first. */
  durations(): Float64Array {
    return Float64Array.from(this.milliseconds).sort();
  }

  private place(name: string): number {
    let place = this.places.get(name);
    if (place === undefined) {
      place = this.activities.length;
      this.places.set(name, place);
      this.activities.push(name);
    }
    return place;
  }
}
