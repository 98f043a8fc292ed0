const styles = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;

export type Style = (typeof styles)[number];

/** Text in a style; as it is where no colour is wanted. */
export type Styles = Record<Style, (text: string) => string>;

/** The terminal, or what stands in its place. */
export interface Io {
  out: NodeJS.WriteStream;
  err: NodeJS.WriteStream;
  /** Whether a person reads standard output. */
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  inIsTerminal: boolean;
  color: Styles;
  columns: number;
  rows: number;
}

/**
 * The process's own streams. Colour follows NO_COLOR, FORCE_COLOR and whether a terminal listens; ITACA_FORCE_TTY asks
 * for the tables of a terminal, so many columns wide, without one.
 */
export async function processIo(env: NodeJS.ProcessEnv): Promise<Io> {
  const { stdout, stderr, stdin } = process;
  // A reader of the data that has seen enough (`| head`) ends the program: data is printed when the work is done.
  onBrokenPipe(stdout, () => process.exit(process.exitCode ?? 0));
  // Warnings and progress come while it works; that nobody reads them any more stops nothing.
  onBrokenPipe(stderr, () => {});
  const forced = env.ITACA_FORCE_TTY ? Number(env.ITACA_FORCE_TTY) || 80 : undefined;
  const wanted = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const refused = (env.NO_COLOR !== undefined && env.NO_COLOR !== '') || env.TERM === 'dumb';
  const level = wanted || (stdout.isTTY && !refused) ? 1 : 0;
  return {
    out: stdout,
    err: stderr,
    outIsTerminal: forced !== undefined || stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    inIsTerminal: stdin.isTTY === true,
    color: await stylesOf(level),
    columns: forced ?? stdout.columns ?? 80,
    rows: forced === undefined ? (stdout.rows ?? 24) : Number.POSITIVE_INFINITY,
  };
}

function onBrokenPipe(stream: NodeJS.WriteStream, then: () => void): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    then();
  });
}

/** chalk takes as long to load as commander; a pipe does without it. */
async function stylesOf(level: 0 | 1): Promise<Styles> {
  if (level === 0)
    return Object.fromEntries(styles.map((style) => [style, (text: string) => text])) as Styles;
  const { Chalk } = await import('chalk');
  return new Chalk({ level });
}

/**
 * Text from a record made safe for a terminal: control characters (escape sequences among them) and the marks that
 * turn the direction of writing are shown as what they are.
 * @param keepLines lets line breaks and tabs through
 */
export function printable(text: string, keepLines = false): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === '\n' || character === '\t') return keepLines ? character : ' ';
    if (character === '\r') return keepLines ? '' : ' ';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
