import { ItacaError } from '../domain/error.js';

const interrupt = '\u0003';
const endOfInput = '\u0004';

/** A terminal's input, as far as keys are read from it. */
export interface KeySource {
  isTTY?: boolean;
  isRaw?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data' | 'end', listener: (chunk: Buffer) => void): unknown;
  off(event: 'data' | 'end', listener: (chunk: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/**
 * Reads single keys, without Enter: for sessions of hundreds of small questions, where inquirer asks for a line each.
 * What is typed ahead is kept. Close it, or the terminal stays raw.
 */
export class Keys {
  private readonly typed: string[] = [];
  private waiting: ((key: string) => void) | undefined;
  private ended = false;

  constructor(private readonly input: KeySource = process.stdin) {
    input.setRawMode?.(true);
    input.on('data', this.take);
    input.on('end', this.end);
    input.resume();
  }

  /**
   * The next of these keys; others are passed over.
   * @param wanted in lower case; a capital counts as its small letter
   * @returns undefined where the input ended
   * @throws ItacaError `interrupted` for Ctrl-C
   */
  async next(wanted: string): Promise<string | undefined> {
    for (;;) {
      const key = this.typed.shift() ?? (this.ended ? endOfInput : await this.following());
      if (key === interrupt) throw new ItacaError('interrupted', 'stopped');
      if (key === endOfInput) return undefined;
      if (wanted.includes(key.toLowerCase())) return key.toLowerCase();
    }
  }

  close(): void {
    this.input.off('data', this.take);
    this.input.off('end', this.end);
    this.input.setRawMode?.(false);
    this.input.pause();
  }

  private following(): Promise<string> {
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  private readonly take = (chunk: Buffer): void => {
    // An arrow or a function key is a sequence that begins with escape, and none of its letters is a key.
    if (chunk[0] === 0x1b) return;
    this.typed.push(...chunk.toString());
    this.wake();
  };

  private readonly end = (): void => {
    this.ended = true;
    this.typed.push(endOfInput);
    this.wake();
  };

  private wake(): void {
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = undefined;
    waiting(this.typed.shift() as string);
  }
}
