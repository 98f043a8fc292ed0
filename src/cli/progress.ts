import type { Io } from './io.js';

const afterMs = 500;
const everyMs = 100;
const width = 24;

/** A progress bar on stderr. It shows on a terminal only, and only when the work takes more than a moment. */
export class Progress {
  private readonly started = performance.now();
  private last = 0;
  private visible = false;

  constructor(
    private readonly io: Io,
    private readonly label: string,
    private readonly wanted: boolean,
  ) {}

  show(done: number, total: number): void {
    if (!this.wanted || !this.io.errIsTerminal) return;
    const now = performance.now();
    if (done >= total) {
      if (this.visible) this.io.err.write('\r\u001b[K');
      this.visible = false;
      return;
    }
    const elapsed = now - this.started;
    if (elapsed < afterMs || now - this.last < everyMs) return;
    this.last = now;
    this.visible = true;
    const filled = Math.round((done / total) * width);
    const remaining = done > 0 ? Math.ceil(((elapsed / done) * (total - done)) / 1000) : undefined;
    const bar = '#'.repeat(filled) + '-'.repeat(width - filled);
    this.io.err.write(
      `\r\u001b[K${this.label} [${bar}] ${done}/${total}${remaining === undefined ? '' : ` ${remaining} s left`}`,
    );
  }
}
