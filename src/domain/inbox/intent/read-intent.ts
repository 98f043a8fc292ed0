import { type Intent, intents } from '../classification.js';
import { languagesOf } from '../language.js';
import { type Evidence, evidenceIn, loudnessOf } from './evidence.js';
import { type IntentModel, scoreIntents } from './model.js';
import { sentencesOf } from './sentences.js';
import type { IntentWords } from './words.js';

/** A message of a person. */
export interface PersonsMessage {
  subject: string;
  /** What he wrote himself, as `replyText` gives it. */
  text: string;
  /** Whether it answers a message of ours: then the subject is ours, too. */
  isReply: boolean;
}

/** By what a message is read. */
export interface IntentReader {
  words: readonly IntentWords[];
  /** What was learned from decisions of people. */
  model?: IntentModel;
}

/** What a person wants. */
export interface IntentReading {
  /** Undefined where it is not sure enough: then a person looks at it. */
  intent: Intent | undefined;
  /** How sure it is, from 0 to 1; of what was most likely where nothing is sure enough. */
  confidence: number;
  /** The words that tell, as a sentence. */
  why: string;
  /** Whether he wants no more messages. */
  unsubscribe: boolean;
}

/** From here on an intent is taken for certain. */
export const intentThreshold = 0.5;

/** As much as that it takes where no word tells, and what was learned decides alone. */
const aloneThreshold = 0.7;
/** The same in an answer to a message of ours, and in one of thanks or news, which most often want nothing. */
const answerThreshold = 0.8;
/** Points of words from which on what was learned need not be surer: more than one that only speaks for something. */
const telling = 2.5;

/** Most points that what was learned gives. */
const mostLearned = 2.3;
/** Points of words with which a message wants something besides that no more are sent. */
const clearly = 3;
/** How sure it is that an answer without any wish is one. */
const plainAnswer = 0.6;
/** Points by which one intent is e times as likely as another. */
const scale = 0.8;
/** Points with which nothing at all speaks for an intent: greetings, advertising, an empty line. */
const nothing = 0.3;
/** What is added to that where no message of ours is answered. */
const unasked = 0.6;

/**
 * Reads what a person wants, by words and by what was learned. Where a message says several things:
 * - a clear order to cancel is a cancellation, angry as it may be, also of an order that never came;
 * - a threat to leave (`or I cancel`), and anger that a cancellation was not kept to, is a complaint;
 * - to ask how something is ordered or cancelled is a question; `could you cancel it?` is none;
 * - to want no more messages (`unsubscribe`) is no cancellation of anything;
 * - access to personal data, their erasure and objection is a privacy request, whatever else is said.
 * An answer to a message of ours that wants none of these is a `reply`.
 */
export function readIntent(message: PersonsMessage, { words, model }: IntentReader): IntentReading {
  const subject =
    message.isReply || /^\s*(?:re|r|aw|sv|antw|rif)\s*:/i.test(message.subject) ? '' : message.subject;
  const text = subject.trim() === '' ? message.text : `${subject.slice(0, 300)}\n\n${message.text}`;
  const evidence = evidenceOf(text, words);
  const taught = model === undefined ? new Map<Intent, number>() : scoreIntents(model, text);
  const { best, confidence, most, floor } = weighed(evidence, taught, message.isReply);
  const told = Math.min(1, (evidence.points.get(best) ?? 0) / telling);
  const polite = message.isReply || evidence.points.has('reply');
  const alone = best === 'reply' ? intentThreshold : polite ? answerThreshold : aloneThreshold;
  const enough = alone + (intentThreshold - alone) * told;
  const unsubscribe = evidence.unsubscribe !== undefined;
  const wish = unsubscribe ? `wants no more messages: “${evidence.unsubscribe}”` : '';
  const seen = (evidence.phrases.get(best) ?? []).map((phrase) => `“${phrase}”`).join(', ');
  // Who wants no more messages must say clearly what else he wants.
  if (confidence >= enough && (!unsubscribe || (evidence.points.get(best) ?? 0) > clearly)) {
    const what = `${best}: ${seen || 'words like those of messages that were taught'}`;
    return { intent: best, confidence, why: [what, wish].filter(Boolean).join('; '), unsubscribe };
  }
  if (unsubscribe) return { intent: undefined, confidence, why: wish, unsubscribe };
  // Who answers and says nothing that counts for anything, answers.
  if (message.isReply && most < floor)
    return {
      intent: 'reply',
      confidence: plainAnswer,
      why: 'an answer that wants nothing else',
      unsubscribe,
    };
  const why = seen === '' ? 'no words that tell what is wanted' : `not sure: perhaps ${best}, ${seen}`;
  return { intent: undefined, confidence, why, unsubscribe };
}

/** What is likeliest by words and by what was learned together. */
function weighed(
  { points, denied, loud }: Found,
  taught: ReadonlyMap<Intent, number>,
  isReply: boolean,
): { best: Intent; confidence: number; most: number; floor: number } {
  const share = Math.min(1, mostLearned / Math.max(...taught.values(), 1e-9));
  const total = new Map<Intent, number>();
  for (const intent of intents) {
    if (intent === 'reply' && !isReply) continue;
    // A model knows no negation.
    const like = Math.min((taught.get(intent) ?? 0) * share, denied.has(intent) ? 0 : mostLearned);
    total.set(intent, (points.get(intent) ?? 0) + like);
  }
  if ((points.get('complaint') ?? 0) > 0 || (taught.get('complaint') ?? 0) > 0)
    total.set('complaint', total.get('complaint')! + loud);
  const [best, most] = [...total].sort(([, a], [, b]) => b - a)[0]!;
  const floor = isReply ? nothing : nothing + unasked;
  const others = [...total.values(), floor].reduce((sum, one) => sum + Math.exp((one - most) / scale), 0);
  return { best, confidence: round(1 / others), most, floor };
}

interface Found extends Evidence {
  loud: number;
}

/** From here on a text is held to be in a language. */
const tellingLanguage = 0.5;

/** By the words of the language that tells most, of those that the text may be in. */
function evidenceOf(text: string, words: readonly IntentWords[]): Found {
  const sentences = sentencesOf(text);
  const likely = languagesOf(text);
  const most = Math.max(0, ...likely.values());
  // A word or two that several languages have say nothing yet.
  const top = most < tellingLanguage ? 0 : most;
  const fitting = words.filter(({ language }) => top === 0 || likelihood(likely, language) >= top / 2);
  const found = (fitting.length > 0 ? fitting : words).map((one) => ({
    ...evidenceIn(sentences, one),
    share: top === 0 ? 1 : Math.min(1, likelihood(likely, one.language) / top),
  }));
  const strength = ({ points, share }: Evidence & { share: number }) =>
    Math.max(0, ...points.values()) * share;
  const [first] = [...found].sort((a, b) => strength(b) - strength(a));
  return {
    points: first?.points ?? new Map(),
    phrases: first?.phrases ?? new Map(),
    denied: first?.denied ?? new Set(),
    unsubscribe: found.find((one) => one.unsubscribe !== undefined)?.unsubscribe,
    loud: loudnessOf(text.slice(0, 20_000)),
  };
}

/** A language that Itaca does not know by itself is tried where its team wrote words for it. */
function likelihood(likely: ReadonlyMap<string, number>, language: string): number {
  const known = ['it', 'en', 'de', 'fr', 'es'].includes(language);
  return known ? (likely.get(language) ?? 0) : Number.POSITIVE_INFINITY;
}

const round = (share: number) => Math.round(share * 1000) / 1000;
