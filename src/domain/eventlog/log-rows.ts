import type { CaseLog } from './logged-case.js';

/** Columns that every list of events has. */
const always = ['case_id', 'activity', 'timestamp', 'resource', 'lifecycle_transition', 'from', 'to'];

/** The columns of a list of events, found case by case. */
export class LogTable {
  private readonly ofCases = new Set<string>();
  private readonly ofEvents = new Set<string>();

  /** Learns the keys of a case. */
  learn({ attributes, events }: CaseLog): void {
    for (const key of Object.keys(attributes)) this.ofCases.add(key);
    for (const { more } of events)
      for (const key of Object.keys(more)) if (!always.includes(key)) this.ofEvents.add(key);
  }

  header(): string[] {
    return [
      ...always,
      ...this.keys().map((key) => (always.includes(key) || key === 'type' ? `case_${key}` : key)),
    ];
  }

  /** One row an event; what is true of the case stands in each that does not say otherwise. */
  rows({ name, attributes, events }: CaseLog): string[][] {
    const keys = this.keys();
    return events.map(({ activity, at, by, transition, more }) => [
      ...[name, activity, at, by ?? '', transition, more.from ?? '', more.to ?? ''],
      ...keys.map((key) => (always.includes(key) ? undefined : more[key]) ?? attributes[key] ?? ''),
    ]);
  }

  private keys(): string[] {
    return [...this.ofCases, ...[...this.ofEvents].filter((key) => !this.ofCases.has(key))];
  }
}
