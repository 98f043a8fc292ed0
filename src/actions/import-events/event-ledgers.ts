import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { EventLine } from '../../domain/events/event.js';
import type { IdSet } from '../../domain/events/id-set.js';
import { isoDate } from '../../domain/time/clock.js';
import { eventIds, eventLedgers } from '../../workspace/event-ledger.js';
import { EventWriter } from '../../workspace/event-writer.js';
import { insideWorkspace } from '../../workspace/files.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { cloneName } from '../clone-name.js';
import type { Tools } from '../tools.js';

/** The folder of a campaign's events, absolute. */
export function eventsFolder(workspace: Workspace, campaign: Pick<StoredRecord, 'path'>): string {
  return join(workspace.root, dirname(campaign.path), 'events');
}

interface Opened {
  campaign: StoredRecord<Campaign>;
  folder: string;
  ids: IdSet;
  /** By source. */
  writers: Map<string, EventWriter>;
}

const waiting = /^events-.*\.jsonl$/;

/** The ledgers of all campaigns that an import adds to; each is read when its first event comes. */
export class EventLedgers {
  readonly #opened = new Map<string, Opened>();

  private constructor(
    private readonly workspace: Workspace,
    private readonly date: string,
    private readonly clone: string,
    private readonly scratch: string,
    private readonly dryRun: boolean,
  ) {}

  /** Opens them; what an import that was killed had not placed goes. */
  static async open({ workspace, clock, dryRun }: Tools): Promise<EventLedgers> {
    const scratch = join(workspace.root, '.itaca', 'tmp');
    if (!dryRun) {
      await mkdir(scratch, { recursive: true });
      for (const name of await readdir(scratch))
        if (waiting.test(name)) await rm(join(scratch, name), { force: true });
    }
    const date = isoDate(clock.now(), clock.timeZone);
    return new EventLedgers(workspace, date, await cloneName(workspace), scratch, dryRun);
  }

  /**
   * Reads what a campaign has, before the first event is added to it.
   * @throws ItacaError `invalid` where its folder of events leads out of the workspace
   */
  async ready(campaign: StoredRecord<Campaign>): Promise<void> {
    const folder = eventsFolder(this.workspace, campaign);
    // A link in the place of the folder must not lead the lines elsewhere.
    insideWorkspace(this.workspace.root, `${dirname(campaign.path)}/events/ledger`);
    this.#opened.set(campaign.id, { campaign, folder, ids: await eventIds(folder), writers: new Map() });
  }

  isReady({ id }: StoredRecord<Campaign>): boolean {
    return this.#opened.has(id);
  }

  /** Adds an event to the ledger of its campaign, which is ready, and of its source. @returns whether it is new */
  add(campaign: StoredRecord<Campaign>, line: EventLine): boolean {
    const opened = this.#opened.get(campaign.id) as Opened;
    if (!opened.ids.add(line.id)) return false;
    let writer = opened.writers.get(line.source);
    if (!writer) {
      const scratch = join(this.scratch, `events-${campaign.id}-${line.source}`);
      writer = new EventWriter(opened.folder, `${this.date}-${line.source}-${this.clone}`, scratch);
      opened.writers.set(line.source, writer);
    }
    if (!this.dryRun) writer.add(JSON.stringify(line));
    return true;
  }

  /** Lets no more wait in memory than is worth a write. */
  async flush(): Promise<void> {
    for (const { writers } of this.#opened.values())
      for (const writer of writers.values()) await writer.flush();
  }

  /** Ids of the campaigns that have new events. */
  campaigns(): string[] {
    return [...this.#opened.values()]
      .filter(({ writers }) => writers.size > 0)
      .map(({ campaign }) => campaign.id);
  }

  /** Puts the lines where they count. @returns the ledgers of these campaigns, relative to the workspace, with `/` */
  async place(): Promise<string[]> {
    const paths: string[] = [];
    for (const { folder, writers } of this.#opened.values()) {
      for (const writer of writers.values()) await writer.place();
      // All of them: one that an import before this placed and could not commit goes along.
      for (const name of await eventLedgers(folder))
        paths.push(relative(this.workspace.root, join(folder, name)).split('\\').join('/'));
    }
    return paths;
  }

  /** Forgets what was not placed. */
  async discard(): Promise<void> {
    for (const { writers } of this.#opened.values())
      for (const writer of writers.values()) await writer.discard();
  }
}
