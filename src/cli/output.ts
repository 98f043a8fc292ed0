import { ItacaError } from '../domain/error.js';
import { type Io, printable, type Style } from './io.js';

export interface Column<T = Record<string, unknown>> {
  /** The key in `--json`, in a CSV header and for `--fields`. */
  key: string;
  /** Heading of the table; the key where absent. */
  title?: string;
  /** What the table shows instead of the value; `--json` keeps the value. */
  show?: (row: T) => string;
  style?: Style;
  /** Words that a table shows in bold. */
  strong?: (word: string) => boolean;
  /** Gives way first where the terminal is narrow. */
  flex?: boolean;
  /** Left out of the table where the terminal is too narrow for it. */
  optional?: boolean;
  /** Left out of the table and the pipe unless asked for by `--fields`. */
  hidden?: boolean;
}

export interface OutputOptions {
  json: boolean;
  csv: boolean;
  fields: string[] | undefined;
  quiet: boolean;
}

/** Everything a command prints on standard output goes through here, in the form that was asked for. */
export class Output {
  constructor(
    private readonly io: Io,
    private readonly options: OutputOptions,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  get json(): boolean {
    return this.options.json;
  }

  /**
   * A list: a table on a terminal, tab-separated lines without a header in a pipe, an array with `--json`, with a
   * header with `--csv`.
   */
  async list<T extends object>(rows: T[], columns: Column<T>[], empty = 'nothing'): Promise<void> {
    const { fields } = this.options;
    const known = new Set([...columns.map(({ key }) => key), ...rows.flatMap((row) => Object.keys(row))]);
    this.refuseUnknown(fields, known, rows.length > 0);
    if (this.options.json) {
      this.line(stringify(rows.map((row) => (fields ? pick(row, fields) : row))));
      return;
    }
    const shown = fields
      ? fields.map((key) => columns.find((column) => column.key === key) ?? { key })
      : columns.filter((column) => !column.hidden);
    if (this.options.csv) {
      const { csvText } = await import('../csv/write-csv.js');
      this.io.out.write(
        csvText([
          shown.map(({ key }) => key),
          ...rows.map((row) => shown.map(({ key }) => printable(plain(fieldOf(row, key)), true))),
        ]),
      );
      return;
    }
    if (!this.io.outIsTerminal) {
      for (const row of rows)
        this.line(shown.map(({ key }) => printable(plain(fieldOf(row, key)))).join('\t'));
      return;
    }
    if (rows.length === 0) {
      if (!this.options.quiet) this.io.err.write(`${this.io.color.dim(empty)}\n`);
      return;
    }
    const { renderTable } = await import('./table.js');
    await this.page(
      renderTable(
        shown.map((column) => ({
          title: column.title ?? column.key.replaceAll('_', ' '),
          style: column.style,
          strong: column.strong,
          flex: column.flex,
          optional: column.optional,
        })),
        rows.map((row) =>
          shown.map((column) => printable(column.show ? column.show(row) : plain(fieldOf(row, column.key)))),
        ),
        this.io,
      ),
    );
  }

  /**
   * One thing: an object with `--json`; otherwise the text made for people, or `key<TAB>value` lines in a pipe.
   * @param text what a terminal shows; already safe and coloured
   */
  async thing(value: object, text?: string): Promise<void> {
    const { fields } = this.options;
    this.refuseUnknown(fields, new Set(Object.keys(value)), true);
    const chosen = fields ? pick(value, fields) : value;
    if (this.options.json) {
      this.line(stringify(chosen));
    } else if (this.options.csv) {
      const { csvText } = await import('../csv/write-csv.js');
      this.io.out.write(
        csvText([Object.keys(chosen), Object.values(chosen).map((inner) => printable(plain(inner), true))]),
      );
    } else if (text !== undefined && !fields && this.io.outIsTerminal) {
      await this.page(text);
    } else {
      for (const [key, inner] of Object.entries(chosen)) this.line(`${key}\t${printable(plain(inner))}`);
    }
  }

  /**
   * The outcome of a command that writes: an object with `--json`, else a sentence (on a terminal) or a bare line for
   * the next program (in a pipe).
   */
  async outcome(value: object, sentence: string, bare?: string): Promise<void> {
    if (this.options.json || this.options.fields || this.options.csv) await this.thing(value);
    else if (this.io.outIsTerminal || bare === undefined) {
      if (!this.options.quiet) this.line(printable(sentence, true));
    } else this.line(printable(bare, true));
  }

  /** Text for people: through the pager where it is longer than the terminal. */
  async page(text: string): Promise<void> {
    const body = text.endsWith('\n') ? text : `${text}\n`;
    const pager = this.env.PAGER ?? 'less -FRX';
    if (this.io.outIsTerminal && pager !== '' && pager !== 'cat' && body.split('\n').length > this.io.rows) {
      const { spawnSync } = await import('node:child_process');
      const [program = '', ...args] = pager.split(' ').filter(Boolean);
      const { error } = spawnSync(program, args, { input: body, stdio: ['pipe', 'inherit', 'inherit'] });
      if (!error) return;
    }
    this.io.out.write(body);
  }

  line(text: string): void {
    this.io.out.write(`${text}\n`);
  }

  private refuseUnknown(fields: string[] | undefined, known: Set<string>, sure: boolean): void {
    const unknown = fields?.filter((field) => !known.has(field.split('.')[0] as string));
    if (!sure || !unknown || unknown.length === 0) return;
    throw new ItacaError('usage', `no field ${unknown.join(', ')}`, {
      hint: `there are: ${[...known].join(', ')}`,
    });
  }
}

function fieldOf(row: object, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], row);
}

function pick(row: object, fields: string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, fieldOf(row, field) ?? null]));
}

/** A value as one piece of text. */
export function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value === 'object') {
    const known = value as Record<string, unknown>;
    const main = known.address ?? known.number;
    return typeof main === 'string' ? main : JSON.stringify(value);
  }
  return String(value);
}

/**
 * JSON in which no byte can drive a terminal: JSON itself escapes only what is below U+0020.
 * @param indent 0 puts it on one line
 */
export function stringify(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
