import { decide } from '../../actions/linkage/decide.js';
import { findDuplicates, type LikelyPair } from '../../actions/linkage/find-duplicates.js';
import { differences, mergePair } from '../../actions/linkage/merge-pair.js';
import type { LinkedKind } from '../../actions/linkage/read-facts.js';
import { type ReviewedPair, survivorFirst } from '../../actions/linkage/survivor-first.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { Keys } from '../../cli/keys.js';
import { plain } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { sideBySide } from './side-by-side.js';
import { stages } from './stages.js';

interface Options {
  companies?: boolean;
  all?: boolean;
  score?: boolean;
}

const help = `
  y  they are one: the second is merged into the first, and you are asked which value to keep where they differ
  n  they are two, for good: the pair is never shown again
  u  undecided: the pair is shown again another time
  q  end; what was decided is kept (so it is with Ctrl-C)
`;

export const run: Handler = async (cli, _, options) => {
  const { companies, all, score } = options as Options;
  if (!cli.interactive || !cli.io.inIsTerminal) {
    throw new ItacaError('usage', 'a review needs a terminal, and somebody to answer', {
      hint: `itaca dedupe ${companies ? 'companies' : 'contacts'} --json lists the pairs; itaca dedupe decide <a> <b> --same, or --different [--why <text>], decides one`,
    });
  }
  const kind: LinkedKind = companies ? 'company' : 'contact';
  const found = await findDuplicates(await cli.workspace(), kind, stages(cli));
  await cli.warnOfProblems();
  const pairs = [...found.ask, ...(all ? found.groups.flatMap(({ links }) => links) : [])];
  const review = new Review(cli, kind, score === true);
  try {
    await review.over(pairs);
  } catch (error) {
    if (!(error instanceof ItacaError) || error.code !== 'interrupted') throw error;
    const { merged, apart } = review.counts;
    throw new ItacaError('interrupted', `stopped; ${merged + apart} decisions are kept`, { cause: error });
  } finally {
    review.close();
  }
  const { merged, apart, open } = review.counts;
  await cli.output.outcome(
    review.counts,
    `${merged} merged, ${apart} held to be two, ${open} of ${pairs.length} left${cli.dryRun ? '; dry run: nothing was written' : ''}`,
  );
};

/** A session: each decision is written before the next pair is shown. */
class Review {
  readonly counts = { merged: 0, apart: 0, open: 0 };
  private readonly keys = new Keys();

  constructor(
    private readonly cli: Cli,
    private readonly kind: LinkedKind,
    private readonly score: boolean,
  ) {}

  close(): void {
    this.keys.close();
  }

  async over(pairs: readonly LikelyPair[]): Promise<void> {
    const asked = new Set<string>();
    this.counts.open = pairs.length;
    for (const [i, pair] of pairs.entries()) {
      const reviewed = await survivorFirst(await this.cli.workspace(), [pair.a.id, pair.b.id]);
      const key = reviewed?.records
        .map(({ id }) => id)
        .sort()
        .join(' ');
      // A merge before made them one, or the same pair by another name.
      if (!reviewed || key === undefined || asked.has(key)) {
        this.counts.open--;
        continue;
      }
      asked.add(key);
      const likely = this.score ? `, ${(pair.probability * 100).toFixed(1)} %` : '';
      const contested = pair.contested ? ', decided differently before' : '';
      this.say(`\n${this.cli.io.color.bold(`${i + 1} of ${pairs.length}${likely}${contested}`)}`);
      this.say(sideBySide(reviewed, this.cli.io));
      if ((await this.one(reviewed)) === 'quit') return;
    }
  }

  private async one(pair: ReviewedPair): Promise<'quit' | undefined> {
    for (;;) {
      const key = await this.ask(
        `the same ${this.kind === 'contact' ? 'person' : 'firm'}? [y/n/u/q/?]`,
        'ynuq?',
      );
      switch (key) {
        case '?':
          this.say(help);
          continue;
        case 'y':
          return this.merge(pair);
        case 'n':
          await this.apart(pair);
          return undefined;
        case 'u':
          return undefined;
        default:
          return 'quit';
      }
    }
  }

  private async apart({ records: [a, b] }: ReviewedPair): Promise<void> {
    await this.cli.act((tools) => decide([a.id, b.id], { same: false }, tools));
    this.counts.apart++;
    this.counts.open--;
  }

  private async merge({ records: [a, b] }: ReviewedPair): Promise<'quit' | undefined> {
    const ids = [a.id, b.id] as const;
    const take = new Set<string>();
    try {
      for (const { key, survivor, other } of await differences(this.kind, ids, await this.cli.tools())) {
        const question = `${key}: 1 ${plain(survivor)}, or 2 ${plain(other)}? [1/2]`;
        const answer = await this.ask(printable(question), '12q');
        if (answer === undefined || answer === 'q') return 'quit';
        if (answer === '2') take.add(key);
      }
      await this.cli.act((tools) => mergePair(this.kind, ids, take, tools));
    } catch (error) {
      if (!(error instanceof ItacaError) || error.code === 'interrupted') throw error;
      // One pair that cannot be merged is no reason to end the session.
      this.cli.warn(`not merged: ${error.message}`);
      return undefined;
    }
    this.counts.merged++;
    this.counts.open--;
    return undefined;
  }

  /** On stderr, as standard output belongs to data. */
  private async ask(question: string, keys: string): Promise<string | undefined> {
    this.cli.io.err.write(`${question} `);
    const key = await this.keys.next(keys);
    this.say(key ?? '');
    return key;
  }

  private say(text: string): void {
    this.cli.io.err.write(`${text}\n`);
  }
}
