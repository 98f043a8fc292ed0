import type { Intent } from '../classification.js';
import { type Hit, hitsIn } from './hits.js';
import type { Sentence } from './sentences.js';
import type { IntentWords } from './words.js';

/** What words say of a message. */
export interface Evidence {
  /** Points for each intent for which something speaks. */
  points: Map<Intent, number>;
  /** The words of the message that count most, by intent. */
  phrases: Map<Intent, string[]>;
  /** What is said not to be wanted, and nowhere to be: `I do not want to cancel`. */
  denied: ReadonlySet<Intent>;
  /** The words by which no more messages are wanted. */
  unsubscribe: string | undefined;
}

/** Each further phrase says less than the one before: ten weak ones are no certainty. */
const fading = 0.62;
/** What a question counts beside an order or a cancellation that is clear: `Two, please. When do they come?` */
const beside = 0.55;
const loudness = 1.2;

/** Reads a message with the words of one language. */
export function evidenceIn(sentences: readonly Sentence[], words: IntentWords): Evidence {
  const hits: Hit[] = [];
  const denied = new Set<Intent>();
  let unsubscribe: string | undefined;
  for (const sentence of sentences) {
    const found = hitsIn(sentence, words);
    unsubscribe ??= found.unsubscribe;
    hits.push(...found.hits);
    for (const intent of found.denied) denied.add(intent);
  }
  for (const { intent, clear } of hits) if (clear) denied.delete(intent);
  const wanted = hits.some(({ intent, clear }) => clear && (intent === 'order' || intent === 'cancellation'));
  return { ...summed(hits, wanted ? beside : 1), denied, unsubscribe };
}

function summed(hits: readonly Hit[], question: number): Pick<Evidence, 'points' | 'phrases'> {
  const best = new Map<Intent, Map<string, Hit>>();
  for (const hit of hits) {
    const known = best.get(hit.intent) ?? new Map<string, Hit>();
    best.set(hit.intent, known);
    if ((known.get(hit.phrase)?.points ?? 0) < hit.points) known.set(hit.phrase, hit);
  }
  const points = new Map<Intent, number>();
  const phrases = new Map<Intent, string[]>();
  for (const [intent, found] of best) {
    const ranked = [...found.values()].sort((a, b) => b.points - a.points);
    const sum = ranked.reduce((all, one, rank) => all + one.points * fading ** rank, 0);
    points.set(intent, intent === 'question' ? sum * question : sum);
    phrases.set(
      intent,
      ranked.slice(0, 3).map(({ seen }) => seen),
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
