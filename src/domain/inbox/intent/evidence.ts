import type { Intent } from '../classification.js';
import { findPattern, type Pattern } from './pattern.js';
import type { Sentence } from './sentences.js';
import type { IntentWords } from './words.js';

/** What words say of a message. */
export interface Evidence {
  /** Points for each intent for which something speaks. */
  points: Map<Intent, number>;
  /** The phrases that count most, by intent. */
  phrases: Map<Intent, string[]>;
  /** The phrase by which no more messages are wanted. */
  unsubscribe: string | undefined;
}

interface Hit {
  intent: Intent;
  points: number;
  phrase: string;
}

/** Each further phrase says less than the one before: ten weak ones are no certainty. */
const fading = 0.62;
/** What is left of a cancellation or an order that is only asked about. */
const asked = 0.25;
/** How far in front of a phrase a negation turns it: `I do not want to cancel`. */
const negationReach = 3;
const questionMark = 2.6;
const loudness = 1.2;

/** Reads a message with the words of one language. */
export function evidenceIn(sentences: readonly Sentence[], words: IntentWords): Evidence {
  const hits: Hit[] = [];
  let unsubscribe: string | undefined;
  for (const sentence of sentences) {
    const stands = (patterns: readonly Pattern[]) =>
      patterns.map((one) => findPattern(one, sentence, words.numbers)).find((place) => place !== undefined);
    const request = stands(words.requests);
    const condition = stands(words.conditions);
    const past = stands(words.past);
    const asking = stands(words.asking);
    /** In the clause that asks, or anywhere in a question that is no request in disguise. */
    const isAsked = ([at]: [number, number]) =>
      (sentence.question && request === undefined) ||
      (asking !== undefined && sentence.clauses[asking[0]] === sentence.clauses[at]);
    const wish = words.unsubscribe.find((one) => findPattern(one, sentence, words.numbers) !== undefined);
    if (wish !== undefined && asking === undefined && !sentence.question) unsubscribe ??= wish.source;
    const own: Hit[] = sentence.question ? [{ intent: 'question', points: questionMark, phrase: '?' }] : [];
    for (const { intent, weight, pattern } of words.phrases) {
      const place = findPattern(pattern, sentence, words.numbers);
      if (place === undefined || negated(sentence, place, words)) continue;
      // `Take me off the list` is no cancellation of a contract.
      if (wish !== undefined && (intent === 'cancellation' || intent === 'order')) continue;
      const add = (what: Intent, points: number) =>
        own.push({ intent: what, points, phrase: pattern.source });
      if (intent !== 'cancellation' && intent !== 'order') add(intent, weight);
      else if (past !== undefined && past[0] <= place[0])
        add('complaint', intent === 'cancellation' ? weight * 0.8 : 0);
      else if (isAsked(place)) add(intent, weight * asked);
      else if (intent === 'cancellation' && condition !== undefined && condition[0] <= place[0])
        add('complaint', weight * 0.8);
      else add(intent, weight);
    }
    // `Could you cancel it?` asks in form alone.
    const ordered = own.some(
      ({ intent, points }) => (intent === 'order' || intent === 'cancellation') && points >= 4,
    );
    const inForm = (hit: Hit) => ordered && request !== undefined && hit.intent === 'question';
    for (const hit of own) hits.push(inForm(hit) ? { ...hit, points: hit.points * asked } : hit);
  }
  return { ...summed(hits), unsubscribe };
}

function negated(
  { words: tokens, clauses }: Sentence,
  [from, to]: [number, number],
  words: IntentWords,
): boolean {
  for (let at = from; at < to; at++) if (words.negations.has(tokens[at]!)) return false;
  for (let at = Math.max(0, from - negationReach); at < from; at++)
    if (words.negations.has(tokens[at]!) && clauses[at] === clauses[from]) return true;
  return false;
}

function summed(hits: readonly Hit[]): { points: Map<Intent, number>; phrases: Map<Intent, string[]> } {
  const best = new Map<Intent, Map<string, number>>();
  for (const { intent, points, phrase } of hits) {
    if (points <= 0) continue;
    const known = best.get(intent) ?? new Map<string, number>();
    best.set(intent, known.set(phrase, Math.max(known.get(phrase) ?? 0, points)));
  }
  const points = new Map<Intent, number>();
  const phrases = new Map<Intent, string[]>();
  for (const [intent, found] of best) {
    const ranked = [...found].sort(([, a], [, b]) => b - a);
    points.set(
      intent,
      ranked.reduce((sum, [, one], rank) => sum + one * fading ** rank, 0),
    );
    phrases.set(
      intent,
      ranked.slice(0, 3).map(([phrase]) => phrase),
    );
  }
  return { points, phrases };
}

/** Anger that shows in how a message is written: points for a complaint. */
export function loudnessOf(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const shouted = letters >= 20 && capitals > letters * 0.6 ? 0.5 : 0;
  return (/!{2,}/.test(text) ? loudness : 0) + shouted;
}
