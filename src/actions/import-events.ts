import type { Campaign } from '../domain/campaigns/campaign.js';
import { ItacaError } from '../domain/error.js';
import { type Attributed, lineOf } from '../domain/events/attribute.js';
import { contradiction } from '../domain/events/contradiction.js';
import type { EventKind, EventSource } from '../domain/events/event.js';
import { readRequest } from '../domain/events/redirector.js';
import { withId } from '../domain/sending/journal-line.js';
import type { StoredRecord } from '../workspace/records.js';
import { linkKeyOf } from './campaign/link-key.js';
import { Consequences } from './import-events/consequences.js';
import { EventLedgers } from './import-events/event-ledgers.js';
import { knownMessages } from './import-events/known-messages.js';
import { openEvents, type PlacedReading } from './import-events/open-events.js';
import { OpenWishes, type Wish } from './import-events/open-wishes.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface EventFile {
  /** For messages. */
  path: string;
  input: AsyncIterable<Uint8Array>;
}

/** In the keys of `--json`. events = added + known + unattributed + refused. */
export interface ImportEventsReport {
  /** Where the events come from; several, joined by `+`, where the files hold more than one kind. */
  format: string;
  events: number;
  added: number;
  /** On file before. */
  known: number;
  /** Of no message of ours, as far as they say. */
  unattributed: number;
  /** Not to be read, not signed by us, or of another address or time than the message they name; each with its line under `errors`. */
  refused: number;
  /** Not counted among the events: what is known to say nothing of a message, by name. */
  ignored: Record<string, number>;
  /** Those that were added, by what happened. */
  by_event: Partial<Record<EventKind, number>>;
  /** Addresses that are written to no more because of these events, and were before. */
  suppressed: number;
  /** The first hundred. */
  errors: { path: string; line: number; message: string }[];
  /** The first hundred. */
  strangers: {
    path: string;
    line: number;
    event: EventKind;
    address: string | null;
    message_id: string | null;
  }[];
  /** Who is on file and wants no more mail, by an event of no message of ours: somebody has to decide. */
  undecided: Wish[];
}

const listed = 100;

/**
 * Brings in what became of messages: reports of mail providers and the log of the house's redirector. An event is put
 * into the ledger of its campaign, once, whichever file or clone it comes from; hard bounces, complaints and
 * unsubscribes take effect with it. The files are read in pieces, and only the ids of events are held.
 * @throws ItacaError `invalid` for a file that holds no events at all, and then nothing is written; `refused` for a
 * redirector's log where no key is set
 */
export async function importEvents(
  files: readonly EventFile[],
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<ImportEventsReport> {
  const { workspace } = tools;
  const index = await workspace.index();
  const messages = await knownMessages(workspace, index);
  const ledgers = await EventLedgers.open(tools);
  const consequences = new Consequences();
  const sources = new Set<EventSource>();
  const report: ImportEventsReport = {
    format: '',
    events: 0,
    added: 0,
    known: 0,
    unattributed: 0,
    refused: 0,
    ignored: {},
    by_event: {},
    suppressed: 0,
    errors: [],
    strangers: [],
    undecided: [],
  };
  const wishes = new OpenWishes();
  try {
    for (const { path, input } of files) {
      const redirector = async () => {
        const key = await linkKeyOf(workspace.config, environment);
        if (!key) throw noKey(path);
        return (line: string) => readRequest(line, key);
      };
      let [recognised, first]: [boolean, PlacedReading | undefined] = [false, undefined];
      for await (const readings of openEvents(input, path, redirector)) {
        first ??= readings[0];
        for (const reading of readings) {
          if (reading.source) {
            recognised = true;
            sources.add(reading.source);
          }
          const found = 'event' in reading ? messages.find(reading.event) : undefined;
          if (found && !ledgers.isReady(found.campaign)) await ledgers.ready(found.campaign);
          take(path, reading, found);
        }
        await ledgers.flush();
      }
      if (first && !recognised) throw nothing(path, first);
    }
    const { changes, suppressed } = await consequences.changes(tools);
    report.suppressed = suppressed;
    report.undecided = await wishes.undecided(workspace);
    report.format = [...sources].sort().join('+');
    await write(
      changes,
      {
        subject: `import events: ${report.added} added`,
        records: ledgers.campaigns(),
        ledgers: () => ledgers.place(),
        kept: true,
      },
      tools,
    );
  } finally {
    await ledgers.discard();
  }
  return report;

  function take(
    path: string,
    reading: PlacedReading,
    found: Attributed<StoredRecord<Campaign>> | undefined,
  ): void {
    if ('ignored' in reading) {
      report.ignored[reading.ignored] = (report.ignored[reading.ignored] ?? 0) + 1;
      return;
    }
    report.events++;
    const { line: number } = reading;
    const refuse = (message: string) => {
      report.refused++;
      if (report.errors.length < listed) report.errors.push({ path, line: number, message });
    };
    if ('fault' in reading) {
      refuse(reading.fault);
      return;
    }
    const { event } = reading;
    const against = found && contradiction(event, found.message);
    if (against !== undefined) {
      refuse(against);
      return;
    }
    if (!found) {
      report.unattributed++;
      wishes.note(event);
      if (report.strangers.length < listed)
        report.strangers.push({
          path,
          line: number,
          event: event.event,
          address: event.address ?? null,
          message_id: event.messageIds[0] ?? null,
        });
      return;
    }
    const line = withId(lineOf(event, found.message));
    if (!ledgers.add(found.campaign, line)) {
      report.known++;
      return;
    }
    report.added++;
    report.by_event[line.event] = (report.by_event[line.event] ?? 0) + 1;
    consequences.note(line, found.campaign);
  }
}

function nothing(path: string, first: PlacedReading): ItacaError {
  const why = 'fault' in first ? first.fault : '';
  return new ItacaError('invalid', `no event of this file can be read; the first: ${why}`, {
    path,
    line: first.line,
    hint: 'save the webhooks of SendGrid, Mailgun, Amazon SES, Brevo or Postmark as they came',
  });
}

function noKey(path: string): ItacaError {
  return new ItacaError(
    'refused',
    'the links in this log cannot be verified: there is no mail.tracking or no key',
    {
      path,
      hint: 'set mail.tracking.url in itaca.yaml, and ITACA_LINK_KEY or mail.tracking.key_command',
    },
  );
}
