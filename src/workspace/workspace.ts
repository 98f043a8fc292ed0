import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../domain/config/config.js';
import type { Kind } from '../domain/records/kind-names.js';
import { type Clock, startOf } from '../domain/time/clock.js';
import { parseWhen } from '../domain/time/parse-when.js';
import { type DefinitionSet, withDefinitions } from './config/kept-definitions.js';
import { configFile } from './find.js';
import { isUnwritable, openIndex, openInMemory, type Sqlite } from './index/database.js';
import { Index } from './index/index.js';
import type { GitAnswers } from './index/look-by-git.js';
import { refresh } from './index/refresh.js';
import type { IndexRow } from './index/row.js';
import { recipientsOf } from './query/recipients.js';
import type { StoredRecord } from './records.js';

/** Git at work on what changed. */
export interface Look {
  tree: ReturnType<GitAnswers['workingTree']>;
  /** What `lastTaken` said of the write lock when it began. */
  taken: string | undefined;
  /** By `performance.now()`, in milliseconds. */
  began: number;
}

/** A command that took longer over its questions looks again before it writes. In milliseconds. */
const lookHoldsMs = 5000;

export interface WorkspaceOptions {
  /** Epoch milliseconds. */
  now: () => number;
  /** The member who runs the command, where a query asks for his records. */
  me: () => string | undefined;
  /** What git knows of the files, where the caller has git. */
  git?: (root: string) => GitAnswers;
  /** A look at the files that began before the workspace was opened. */
  look?: Look;
  /** Told while a large index is built. */
  progress?: (done: number, total: number) => void;
}

/** An open folder of records. */
export class Workspace {
  private fresh: Index | undefined;

  private constructor(
    readonly root: string,
    readonly config: Config,
    private db: Sqlite,
    private readonly options: WorkspaceOptions,
    /** The look that the command began with, until something changed. */
    private firstLook: Look | undefined,
  ) {}

  /**
   * @param root as `findWorkspace` gave it
   * @throws ItacaError `invalid` where `itaca.yaml` is broken
   */
  static async open(root: string, options: WorkspaceOptions): Promise<Workspace> {
    const db = await openIndex(root);
    return new Workspace(root, await loadConfig(db, root), db, options, options.look);
  }

  get clock(): Clock {
    return { now: this.options.now, timeZone: this.config.timezone ?? 'UTC' };
  }

  get country(): string | undefined {
    return this.config.country;
  }

  /** The index, brought up to date once per command. */
  async index(): Promise<Index> {
    if (!this.fresh) {
      const { country } = this;
      const { progress } = this.options;
      const git = this.options.git?.(this.root);
      // What git was asked while the program was loaded counts once.
      let first = this.firstLook?.tree;
      const workingTree = (): ReturnType<GitAnswers['workingTree']> => {
        const tree = first;
        first = undefined;
        return tree ?? (git as GitAnswers).workingTree();
      };
      const refreshed = () =>
        refresh(this.db, this.root, {
          country,
          ...(git ? { git: { ...git, workingTree } } : {}),
          ...(progress ? { progress } : {}),
        });
      try {
        await refreshed();
      } catch (error) {
        if (!isUnwritable(error)) throw error;
        // The disk has no room for the index; this command makes do with one in memory.
        this.db.close();
        this.db = await openInMemory();
        await refreshed();
      }
      this.fresh = new Index(this.db, {
        country,
        me: this.options.me,
        recipients: (path) => recipientsOf(this.root, path),
        moment: (text) => startOf(parseWhen(text, this.clock), this.clock.timeZone) ?? Number.NaN,
      });
    }
    return this.fresh;
  }

  /** Looks again at records of these kinds, while a long command runs. */
  async look(only: readonly Kind[]): Promise<Index> {
    const index = await this.index();
    await refresh(this.db, this.root, { country: this.country, only });
    return index;
  }

  /** A record as its file says now; undefined where it is gone. */
  async reread(record: StoredRecord): Promise<IndexRow | undefined> {
    const { readRow } = await import('./index/row.js');
    return readRow(this.root, record.path, 0, this.country);
  }

  /** Judges by processes and their calendars; see `withDefinitions`. */
  withDefinitions<T>(processes: ReadonlySet<string>, judge: (definitions: DefinitionSet) => T): Promise<T> {
    return withDefinitions(this.db, this.root, processes, judge);
  }

  /** After this command wrote records, or waited for others to: the next question looks again. */
  changed(): void {
    this.firstLook = undefined;
    this.fresh = undefined;
  }

  /**
   * Whether no other command wrote since this one looked, so that it may plan what it writes by what it saw.
   * @param taken what `lastTaken` said of the write lock before this command took it
   */
  stillStands(taken: string): boolean {
    return this.firstLook?.taken === taken && performance.now() - this.firstLook.began < lookHoldsMs;
  }

  close(): void {
    this.db.close();
  }
}

/** The settings, from the index where the file is as it was: parsing YAML costs more than all the rest of a read. */
async function loadConfig(db: Sqlite, root: string): Promise<Config> {
  const { mtimeMs, ctimeMs, size, ino } = statSync(join(root, configFile));
  const stamp = `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  const cached = db.prepare("select value from meta where key = 'config'").get() as
    | { value: string }
    | undefined;
  if (cached) {
    const { stamp: old, config } = JSON.parse(cached.value) as { stamp: string; config: Config };
    if (old === stamp) return config;
  }
  const { readConfig } = await import('./config/read.js');
  const config = readConfig(root);
  // Within a tick of the last change another one would not show; then nothing is remembered.
  if (Date.now() - ctimeMs > 100) {
    try {
      db.prepare("insert or replace into meta values ('config', ?)").run(JSON.stringify({ stamp, config }));
    } catch (error) {
      if (!isUnwritable(error)) throw error;
    }
  }
  return config;
}
