import type { Tools } from '../actions/tools.js';
import { ItacaError } from '../domain/error.js';
import type { Workspace } from '../workspace/workspace.js';
import { type Io, printable } from './io.js';
import type { LookAhead } from './look-ahead.js';
import { Output } from './output.js';
import { Progress } from './progress.js';

/** The options that every command takes. */
export interface GlobalOptions {
  dir?: string;
  json?: boolean;
  fields?: string;
  csv?: boolean;
  dryRun?: boolean;
  commit?: boolean;
  yes?: boolean;
  input?: boolean;
  quiet?: boolean;
  as?: string;
  debug?: boolean;
}

const shownProblems = 3;

/** What a command gets of the outside: made lazily, so that it pays only for what it asks for. */
export class Cli {
  readonly output: Output;
  private opened: Promise<Workspace> | undefined;
  private member: Promise<string> | undefined;
  private me: string | undefined;

  constructor(
    readonly io: Io,
    readonly env: NodeJS.ProcessEnv,
    readonly globals: GlobalOptions,
    /** Noun and verb, as the commit names them. */
    readonly command: string,
    private readonly ahead: LookAhead | undefined,
  ) {
    this.output = new Output(
      io,
      {
        json: globals.json === true,
        csv: globals.csv === true,
        fields: globals.fields
          ?.split(',')
          .map((field) => field.trim())
          .filter(Boolean),
        quiet: globals.quiet === true,
      },
      env,
    );
  }

  get dryRun(): boolean {
    return this.globals.dryRun === true;
  }

  /** Epoch milliseconds, by `ITACA_NOW` where it is set. */
  readonly now = (): number => {
    const fixed = this.env.ITACA_NOW;
    if (fixed === undefined || fixed === '') return Date.now();
    const ms = Date.parse(fixed);
    if (Number.isNaN(ms)) throw new ItacaError('usage', `ITACA_NOW is not a time: ${fixed}`);
    return ms;
  };

  workspace(): Promise<Workspace> {
    this.opened ??= this.open();
    return this.opened;
  }

  /** The folder of the workspace, which need not be sound. */
  async root(): Promise<string> {
    const { findWorkspace } = await import('../workspace/find.js');
    return findWorkspace(this.globals.dir ?? (this.env.ITACA_DIR || undefined), process.cwd());
  }

  private async open(): Promise<Workspace> {
    const [root, { Workspace }, { changedBetween, trackedFiles, workingTree }] = await Promise.all([
      this.root(),
      import('../workspace/workspace.js'),
      import('../git/working-tree.js'),
    ]);
    const progress = this.progress('indexing records');
    return Workspace.open(root, {
      now: this.now,
      me: () => this.me,
      git: (folder) => ({
        workingTree: () => workingTree(folder),
        tracked: () => trackedFiles(folder),
        changedBetween: (from, to) => changedBetween(folder, from, to),
      }),
      ...(this.ahead?.root === root ? { look: this.ahead } : {}),
      progress: (done, total) => progress.show(done, total),
    });
  }

  /**
   * The member who acts: `--as`, `ITACA_ACTOR`, the member with git's e-mail address, the only member, or else the login
   * name or address, as it is.
   * @throws ItacaError `usage` for a name that `itaca.yaml` does not list, where it lists any
   */
  actor(): Promise<string> {
    this.member ??= this.findActor();
    return this.member;
  }

  /**
   * The query that command-line words make; a word that the shell took out of quotes, `ACME srl`, stays one.
   * Who `me` is in it is found out beforehand.
   */
  async query(words: readonly string[]): Promise<string | undefined> {
    if (words.length === 0) return undefined;
    const quoted = words.map((word) =>
      words.length > 1 && /\s/.test(word) && !/[:"()]/.test(word) ? `"${word}"` : word,
    );
    if (/:me\b/.test(quoted.join(' '))) this.me = await this.actor();
    return quoted.join(' ');
  }

  private async findActor(): Promise<string> {
    const workspace = await this.workspace();
    const members = workspace.config.members ?? {};
    const given = this.globals.as ?? (this.env.ITACA_ACTOR || undefined);
    if (given !== undefined) {
      if (Object.keys(members).length > 0 && !(given in members)) {
        throw new ItacaError('usage', `"${given}" is not a member`, {
          hint: `members are: ${Object.keys(members).join(', ')}`,
        });
      }
      return given;
    }
    const { git } = await import('../git/run.js');
    const email = (await git(workspace.root, ['config', 'user.email'])).stdout.trim().toLowerCase();
    const byEmail = Object.entries(members).find(([, { emails }]) =>
      emails?.some((one) => one.toLowerCase() === email),
    );
    if (email !== '' && byEmail) return byEmail[0];
    const [only, ...others] = Object.keys(members);
    if (only !== undefined && others.length === 0) return only;
    const { userInfo } = await import('node:os');
    const login = userInfo().username;
    return login in members || email === '' ? login : email;
  }

  /** The world as an action needs it. */
  async tools(): Promise<Tools> {
    const workspace = await this.workspace();
    const [{ randomBytes }, { idFromBytes }] = await Promise.all([
      import('node:crypto'),
      import('../domain/records/ids.js'),
    ]);
    return {
      workspace,
      clock: workspace.clock,
      newId: () => idFromBytes(randomBytes(7)),
      actor: await this.actor(),
      command: this.command,
      dryRun: this.dryRun,
      commit: this.globals.commit !== false && workspace.config.commit !== 'manual',
      warn: (message) => this.warn(message),
      confirm: (question) => this.confirm(question),
    };
  }

  /** Runs an action that writes, while nobody else does. */
  async act<T>(action: (tools: Tools) => Promise<T>): Promise<T> {
    const [tools, { exclusively }] = await Promise.all([this.tools(), import('../actions/write.js')]);
    if (this.dryRun && !this.io.outIsTerminal) this.note('dry run: nothing is written');
    return exclusively(tools, () => action(tools));
  }

  /** Says on stderr which records could not be read and so are missing from what is shown. */
  async warnOfProblems(): Promise<void> {
    if (this.globals.quiet) return;
    const problems = (await (await this.workspace()).index()).problems();
    for (const { path, line, column, message } of problems.slice(0, shownProblems)) {
      this.warn(`${[path, line, column].filter((part) => part !== null).join(':')}: ${message}`);
    }
    if (problems.length > shownProblems)
      this.warn(`${problems.length - shownProblems} more problems; see: itaca check`);
  }

  warn(message: string): void {
    if (!this.globals.quiet) this.io.err.write(`${this.io.color.yellow('warning:')} ${printable(message)}\n`);
  }

  note(message: string): void {
    if (!this.globals.quiet && !this.output.json) this.io.err.write(`${printable(message)}\n`);
  }

  /** Whether a question can be put to somebody. */
  get interactive(): boolean {
    return this.io.inIsTerminal && this.io.errIsTerminal && this.globals.input !== false && !this.output.json;
  }

  /**
   * Asks for a yes before a bulk write.
   * @throws ItacaError `usage` where nobody can be asked, `interrupted` on a no
   */
  async confirm(question: string): Promise<void> {
    if (this.globals.yes || this.dryRun) return;
    if (!this.interactive) {
      throw new ItacaError('usage', `${question} Nobody can be asked here.`, {
        hint: 'say yes beforehand with --yes',
      });
    }
    const { askYes } = await import('./prompts.js');
    if (!(await askYes(question))) throw new ItacaError('interrupted', 'nothing was changed');
  }

  /** A bar on stderr where it is a terminal. */
  progress(label: string): Progress {
    return new Progress(this.io, label, this.globals.quiet !== true && !this.output.json);
  }

  async close(): Promise<void> {
    if (this.opened)
      await this.opened.then(
        (workspace) => workspace.close(),
        () => {},
      );
  }
}
