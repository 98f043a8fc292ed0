import { namesAny } from '../../domain/erasure/bare-references.js';
import type { Corpus, Learned } from '../erase/learn.js';

/** A line of a ledger, and where it stands. */
export type LedgerLine = { ledger: string } & Record<string, unknown>;

/** The lines of all ledgers that are about a person. */
export async function hisLines(today: Corpus, learned: Learned): Promise<LedgerLine[]> {
  const found: LedgerLine[] = [];
  const intents = new Set<unknown>();
  const outcomes: LedgerLine[] = [];
  for await (const { path, bytes } of today.files((one) => one.endsWith('.jsonl'))) {
    for (const line of parsed(bytes.toString())) {
      const entry = { ledger: path, ...line };
      if (isHis(line, learned)) {
        found.push(entry);
        intents.add(line.id);
      } else if (typeof line.intent === 'string') outcomes.push(entry);
    }
  }
  return [...found, ...outcomes.filter(({ intent }) => intents.has(intent))];
}

function isHis(line: Record<string, unknown>, { rules }: Learned): boolean {
  const { contact, ref, address, canonical, message } = line;
  if (typeof message === 'string' && rules.messages.has(message)) return true;
  // Of another person's line nothing is his, even where it names him.
  return [contact, ref, address, canonical].some(
    (value) =>
      typeof value === 'string' &&
      (namesAny(value, rules.person.contacts) || rules.pseudonym(value) !== undefined),
  );
}

function* parsed(text: string): Generator<Record<string, unknown>> {
  for (const raw of text.split('\n')) {
    if (!raw.startsWith('{')) continue;
    try {
      yield JSON.parse(raw) as Record<string, unknown>;
    } catch {
      // Half a line, as a crash leaves it, says nothing.
    }
  }
}
