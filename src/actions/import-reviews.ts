import { machine } from '../domain/cases/raise.js';
import type { DateOrder } from '../domain/eventlog/stamps.js';
import { readIntent } from '../domain/inbox/intent/read-intent.js';
import { signalsOf } from '../domain/inbox/signals/signals.js';
import {
  channelOf,
  contentOf,
  identityOf,
  isUnhappy,
  type Mention,
  mentionOf,
} from '../domain/mentions/mention.js';
import { scaleOf } from '../domain/mentions/rating.js';
import { timeReader, writtenAt } from '../domain/mentions/time.js';
import { derivedId } from '../domain/records/derived-id.js';
import { refOfPath } from '../domain/records/ids.js';
import { titleText } from '../domain/records/title-text.js';
import { readProcess } from '../workspace/config/processes.js';
import { readInbox } from '../workspace/inbox-ledger.js';
import type { Change } from '../workspace/records.js';
import { type FoundReview, type ReviewFile, readReviews } from './import-reviews/read-reviews.js';
import { Twins, wordsOf } from './import-reviews/twins.js';
import { type Writer, writerOf } from './import-reviews/who-wrote.js';
import { openIntentReader } from './inbox/intent-reader.js';
import { lessonsOf } from './inbox/lessons.js';
import { type Created, newRecord } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface ReviewInput {
  /** For messages, and as the source of what does not name one. */
  path: string;
  input: AsyncIterable<Uint8Array>;
}

export interface ImportReviewsOptions {
  files: readonly ReviewInput[];
  /** Where the reviews stand; what the file tells, or its name, where absent. */
  source?: string;
  dates?: DateOrder;
}

/** In the keys of `--json`. reviews = created + updated + unchanged + refused. */
export interface ImportReviewsReport {
  /** Several, joined by `+`, where the files are of more than one kind. */
  format: string;
  reviews: number;
  created: number;
  /** Of those on file that say something else now: what they say is put on file beside what they said. */
  updated: number;
  unchanged: number;
  refused: number;
  /** Answers of the firm that came with them, and were not on file. */
  replies: number;
  /** Opened by them. */
  cases: number;
  /** The first hundred. */
  errors: { path: string; line: number; message: string }[];
}

export interface ImportReviewsPlan {
  report: ImportReviewsReport;
  changes: Change[];
}

const listed = 100;

/** An older one opens no case: whoever wrote it half a year ago waits for nothing any more. */
const oldestCaseMs = 183 * 86_400_000;

/**
 * Works out what reviews and mentions put on file: each is an inbound message without an answer, an unhappy one opens a
 * complaint whose clocks run from when it was written. All ids derive from what the reviews say, so that two clones make
 * the same files, and a second import changes nothing.
 * @throws ItacaError `invalid` for a file that holds no reviews at all
 */
export async function planImportReviews(
  { files, source, dates }: ImportReviewsOptions,
  tools: Tools,
): Promise<ImportReviewsPlan> {
  const read: { path: string; file: ReviewFile }[] = [];
  for (const { path, input } of files) read.push({ path, file: await readReviews(input, path) });
  const filing = await Filing.open(
    read.reduce((sum, { file }) => sum + file.reviews.length, 0),
    tools,
  );
  const { report } = filing;
  report.format = [...new Set(read.map(({ file }) => file.format))].sort().join('+');
  const { clock, workspace } = tools;
  const now = clock.now();
  for (const { path, file } of read) {
    const { reviews } = file;
    const time = timeReader(stampsOf(reviews), clock.timeZone, workspace.country, path, dates);
    const scale = scaleOf(
      reviews.map((one) => ('raw' in one && one.raw.best === undefined ? one.raw.rating : '')),
    );
    const name = path.replace(/^.*[/\\]/, '').replace(/(?:\.[a-z]{2,5}){1,2}$/i, '');
    for (const review of reviews) {
      report.reviews++;
      const given = source ?? review.source ?? name;
      const mention = 'fault' in review ? review : mentionOf(review.raw, { source: given, time, scale, now });
      if ('fault' in mention) refuse(report, path, review, mention.fault);
      else await filing.file(mention);
    }
  }
  return { report, changes: filing.changes };
}

/** Writes what was planned, in one commit. */
export async function applyImportReviews(
  { report, changes }: ImportReviewsPlan,
  tools: Tools,
): Promise<void> {
  const { created, updated } = report;
  await write(changes, { subject: `import reviews: ${created + updated} added` }, tools);
}

function refuse(
  report: ImportReviewsReport,
  path: string,
  { line, where }: FoundReview,
  fault: string,
): void {
  report.refused++;
  const message = where === undefined ? fault : `${where}: ${fault}`;
  if (report.errors.length < listed) report.errors.push({ path, line, message });
}

function* stampsOf(reviews: readonly FoundReview[]): Generator<{ text: string; line: number }> {
  for (const review of reviews) {
    if ('fault' in review) continue;
    const { at, edited, replied } = review.raw;
    for (const text of [at, edited, replied])
      if (text !== undefined) yield { text: text.trim(), line: review.line };
  }
}

/** A version of a review that is on file, or will be. */
interface Version {
  ref: string;
  at: number;
}

/** Puts reviews on file one after the other, knowing those before. */
class Filing {
  readonly changes: Change[] = [];
  readonly report: ImportReviewsReport = {
    format: '',
    reviews: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    replies: 0,
    cases: 0,
    errors: [],
  };
  /** References of what will be on file, by id. */
  readonly #made = new Map<string, string>();

  private constructor(
    private readonly expected: number,
    private readonly index: Awaited<ReturnType<Tools['workspace']['index']>>,
    private readonly versions: Map<string, Version[]>,
    private readonly twins: Twins,
    private readonly office: string | undefined | null,
    private readonly complains: (text: string) => boolean,
    private readonly tools: Tools,
  ) {}

  static async open(expected: number, tools: Tools): Promise<Filing> {
    const { workspace } = tools;
    const index = await workspace.index();
    const rows = index.db
      .prepare(
        `select path, at, note, data from records
         where kind = 'interaction' and data is not null and json_extract(data, '$.direction') = 'inbound'
           and json_extract(data, '$.channel') in ('web', 'social') order by at, path`,
      )
      .all() as { path: string; at: number; note: string; data: string }[];
    const versions = new Map<string, Version[]>();
    const twins = new Twins();
    for (const { path, at, note, data } of rows) {
      const said = JSON.parse(data) as Record<string, unknown>;
      const of = (key: string) => (said[key] === undefined ? undefined : String(said[key]));
      const [review, ref] = [of('review'), refOfPath(path)];
      if (review !== undefined) versions.set(review, [...(versions.get(review) ?? []), { ref, at }]);
      twins.add({
        ...{ ref, at, review, source: of('address') ?? '', author: of('author'), url: of('url') },
        words: note.trim() || (of('subject') ?? ''),
      });
    }
    const process = readProcess(workspace.root, 'complaint');
    const reader = openIntentReader(
      workspace.root,
      await lessonsOf(workspace.root, await readInbox(workspace.root)),
    );
    const complains = (text: string) =>
      readIntent({ subject: '', text, isReply: false }, reader).intent === 'complaint';
    return new Filing(expected, index, versions, twins, process ? process.office : null, complains, tools);
  }

  async file(mention: Mention): Promise<void> {
    const own = identityOf(mention);
    const twin = this.versions.has(own) ? undefined : this.twins.of(mention);
    const identity = twin?.identity ?? own;
    const known = this.versions.get(identity) ?? [];
    const id = this.#derive('interaction', `review ${identity} ${contentOf(mention)}`);
    const caseId = this.#derive('case', `review ${identity}`);
    const onFile = this.#refOf(id) ?? twin?.same;
    const review = twin?.identity ?? mention.review;
    const writer = writerOf(mention, this.index);
    if (onFile === undefined) {
      const at = known.length > 0 || mention.edited > mention.at ? mention.edited : mention.at;
      const kase = await this.#caseOf(mention, caseId, known.length > 0 ? at : mention.at, writer);
      const record = await this.#message({ ...mention, review }, id, {
        at,
        kase,
        writer,
        edits: known.at(-1)?.ref,
      });
      this.versions.set(identity, [...known, { ref: record.ref, at }]);
      const { author, url, source } = mention;
      this.twins.add({ ref: record.ref, at, review, author, url, source, words: wordsOf(mention) });
      this.report[known.length > 0 ? 'updated' : 'created']++;
      await this.#reply(mention, identity, record.ref, caseId, writer);
      return;
    }
    this.report.unchanged++;
    await this.#reply(mention, identity, onFile, caseId, writer);
  }

  /** The case that a review belongs to: one that an earlier version opened, or a new one where it is unhappy. */
  async #caseOf(mention: Mention, id: string, at: number, writer: Writer): Promise<string | undefined> {
    const known = this.#refOf(id);
    const { clock } = this.tools;
    const isOld = at < clock.now() - oldestCaseMs;
    if (known !== undefined || isOld || this.office === null || !isUnhappy(mention, this.complains))
      return known;
    const { source, rating, author, title, text } = mention;
    const stars = rating ? `${rating.value} of ${rating.best}` : 'a complaint';
    const words = title || firstWords(text);
    const openedAt = writtenAt(at, clock.timeZone);
    const kase = await this.#create(
      'case',
      {
        title: `${stars} on ${source}${author ? ` by ${author}` : ''}${words ? `: ${words}` : ''}`,
        type: 'complaint',
        state: 'new',
        channel: channelOf(mention),
        ...writer,
        office: this.office,
        opened_at: openedAt,
        history: [{ at: openedAt, by: machine, to: 'new' }],
      },
      { title: `${source} ${words}`, id },
    );
    this.report.cases++;
    return kase.ref;
  }

  #message(
    mention: Mention,
    id: string,
    {
      at,
      kase,
      writer,
      edits,
    }: { at: number; kase: string | undefined; writer: Writer; edits: string | undefined },
  ): Promise<Created> {
    const { author, rating, title, text, url, review, source } = mention;
    const { contact, company } = writer;
    const stranger = { name: author ?? '', address: '' };
    const found = signalsOf({
      ...{ subject: title, text, from: stranger, to: [], cc: [], unanswered: 1, isOurs: () => false },
    });
    const signals = Object.fromEntries(found.map(({ signal, why }) => [signal, why]));
    return this.#create(
      'interaction',
      {
        at: writtenAt(at, this.tools.clock.timeZone),
        channel: channelOf(mention),
        address: source,
        direction: 'inbound',
        contacts: contact ? [contact] : undefined,
        company,
        case: kase,
        subject: title || (rating ? `${rating.value} of ${rating.best}` : firstWords(text)),
        edits,
        author,
        rating: rating?.value,
        best_rating: rating && rating.best !== 5 ? rating.best : undefined,
        url,
        review,
        signals: found.length > 0 ? signals : undefined,
      },
      { title: `${channelOf(mention)} ${author ?? source}`, note: text, id },
    );
  }

  /** What the firm answered where the review stands. */
  async #reply(
    mention: Mention,
    identity: string,
    answers: string,
    caseId: string,
    { contact, company }: Writer,
  ): Promise<void> {
    const { reply, title, author, source } = mention;
    if (!reply) return;
    const id = this.#derive('interaction', `review reply ${identity} ${reply.text}`);
    if (this.#refOf(id) !== undefined) return;
    await this.#create(
      'interaction',
      {
        at: writtenAt(reply.at, this.tools.clock.timeZone),
        channel: channelOf(mention),
        address: source,
        direction: 'outbound',
        contacts: contact ? [contact] : undefined,
        company,
        case: this.#refOf(caseId),
        subject: title || undefined,
        answers,
      },
      { title: `${channelOf(mention)} ${author ?? source}`, note: reply.text, id },
    );
    this.report.replies++;
  }

  async #create(
    kind: 'case' | 'interaction',
    data: Record<string, unknown>,
    options: { title: string; id: string; note?: string },
  ): Promise<Created> {
    const record = await newRecord(kind, data, { ...options, expected: this.expected }, this.tools);
    this.changes.push(record);
    this.#made.set(record.id, record.ref);
    return record;
  }

  #refOf(id: string): string | undefined {
    return this.#made.get(id) ?? this.index.get(id)?.ref;
  }

  #derive(kind: string, key: string): string {
    return derivedId(this.tools.workspace.config.id, kind, key);
  }
}

function firstWords(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const line = titleText(first);
  return line.length > 60 ? `${line.slice(0, 60).replace(/\s+\S*$/, '')}…` : line;
}
