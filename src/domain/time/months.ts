import { Temporal } from 'temporal-polyfill';

/** Tells the months of many moments in one time zone; what a month spans is worked out once. */
export class Months {
  private readonly spans: { from: number; to: number; name: string }[] = [];

  /** @param timeZone IANA name */
  constructor(private readonly timeZone: string) {}

  /**
   * @param at epoch milliseconds
   * @returns `2026-11`
   */
  of(at: number): string {
    const known = this.spans.find(({ from, to }) => at >= from && at < to);
    if (known) return known.name;
    const first = Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
      .toZonedDateTimeISO(this.timeZone)
      .toPlainDate()
      .with({ day: 1 });
    const start = (day: Temporal.PlainDate) => day.toZonedDateTime(this.timeZone).epochMilliseconds;
    const span = {
      from: start(first),
      to: start(first.add({ months: 1 })),
      name: first.toString().slice(0, 7),
    };
    this.spans.push(span);
    return span.name;
  }
}
