import type { Intent } from '../classification.js';
import { findPattern, type Pattern } from './pattern.js';
import { candidatesIn } from './pattern-index.js';
import type { Sentence } from './sentences.js';
import type { IntentWords } from './words.js';

/** A phrase that stands in a sentence. */
export interface Hit {
  intent: Intent;
  points: number;
  /** As it is written among the words. */
  phrase: string;
  /** The words of the message that it was found in. */
  seen: string;
  /** Whether it is enough by itself, and neither asked about nor threatened. */
  clear: boolean;
}

type Place = [from: number, to: number];

/** Points from which a phrase is enough by itself. */
const enough = 4;
/** What is left of a cancellation or an order that is only asked about, and of a question that asks in form alone. */
const asked = 0.25;
/** What a cancellation that is threatened, or was not kept to, counts for a complaint. */
const threatened = 0.8;
/** How far in front of a phrase a negation turns it: `I do not want to cancel`. */
const negationReach = 3;
const questionMark = 2.8;

/**
 * The phrases in a sentence, of those in the same place the strongest, and the one by which no more messages are
 * wanted.
 * @returns `denied`: what is said not to be wanted
 */
export function hitsIn(
  sentence: Sentence,
  words: IntentWords,
): { hits: Hit[]; denied: Intent[]; unsubscribe: string | undefined } {
  const candidates = candidatesIn(sentence, words);
  const find = (pattern: Pattern) =>
    candidates.has(pattern) ? findPattern(pattern, sentence, words.numbers) : undefined;
  const stands = (patterns: readonly Pattern[], counts = (_place: Place) => true) =>
    patterns.map(find).find((place) => place !== undefined && counts(place));
  const request = stands(words.requests);
  const condition = stands(words.conditions);
  const past = stands(words.past);
  const asking = stands(words.asking);
  /** In the clause that asks, or anywhere in a question that is no request in disguise. */
  const isAsked = ([at]: Place) =>
    (sentence.question &&
      request === undefined &&
      !(condition === undefined && isSaid(sentence, at, words))) ||
    (asking !== undefined && sentence.clauses[asking[0]] === sentence.clauses[at]);
  const behind = (mark: Place | undefined, place: Place) => mark !== undefined && mark[0] <= place[0];
  const wish = stands(words.unsubscribe, (place) => !negated(sentence, place, words));

  const hits: Hit[] = [];
  const denied: Intent[] = [];
  const taken = new Map<Intent, boolean[]>();
  // The strongest come first.
  for (const { intent, weight, pattern } of words.phrases) {
    const place = find(pattern);
    if (place === undefined) continue;
    if (negated(sentence, place, words)) {
      if (weight >= enough) denied.push(intent);
      continue;
    }
    const wanted = intent === 'cancellation' || intent === 'order';
    // `Take me off the list` is no cancellation of a contract.
    if (wanted && wish !== undefined) continue;
    if (overlaps(taken, intent, place)) continue;
    const add = (what: Intent, points: number, clear: boolean) =>
      hits.push({ intent: what, points, phrase: pattern.source, seen: piece(sentence, place), clear });
    if (!wanted) add(intent, weight, weight >= enough);
    else if (
      behind(past, place) ||
      (intent === 'cancellation' && !isAsked(place) && behind(condition, place))
    ) {
      if (intent === 'cancellation') add('complaint', weight * threatened, false);
    } else if (isAsked(place)) add(intent, weight * asked, false);
    else add(intent, weight, weight >= enough);
  }
  if (sentence.question)
    hits.push({ intent: 'question', points: questionMark, phrase: '?', seen: '?', clear: false });
  const asksInForm =
    request !== undefined &&
    hits.some(({ intent, clear }) => clear && (intent === 'order' || intent === 'cancellation'));
  return {
    hits: hits.map((hit) =>
      asksInForm && hit.intent === 'question' ? { ...hit, points: hit.points * asked } : hit,
    ),
    denied,
    unsubscribe:
      wish !== undefined && asking === undefined && !sentence.question ? piece(sentence, wish) : undefined,
  };
}

/** Whether a clause in front of the one that asks states something: `I'll take it, when can you come?` */
function isSaid(sentence: Sentence, at: number, { phrases, numbers }: IntentWords): boolean {
  const { clauses } = sentence;
  if (clauses[at] === clauses.at(-1)) return false;
  return !phrases.some(({ intent, weight, pattern }) => {
    if (intent !== 'question' || weight < enough) return false;
    const place = findPattern(pattern, sentence, numbers);
    return place !== undefined && clauses[place[0]]! <= clauses[at]!;
  });
}

/** The words in a place. */
function piece({ words }: Sentence, [from, to]: Place): string {
  return words.slice(from, to).join(' ');
}

/** Whether words in a place already count for an intent; notes the place. */
function overlaps(taken: Map<Intent, boolean[]>, intent: Intent, [from, to]: Place): boolean {
  const marks = taken.get(intent) ?? [];
  taken.set(intent, marks);
  const before = marks.slice(from, to).some(Boolean);
  if (!before) for (let at = from; at < to; at++) marks[at] = true;
  return before;
}

function negated({ words, clauses }: Sentence, [from, to]: Place, { negations }: IntentWords): boolean {
  for (let at = from; at < to; at++) if (negations.has(words[at]!)) return false;
  for (let at = Math.max(0, from - negationReach); at < from; at++)
    if (negations.has(words[at]!) && clauses[at] === clauses[from]) return true;
  return false;
}
