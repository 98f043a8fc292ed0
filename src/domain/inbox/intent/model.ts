import { z } from 'zod';
import { type Intent, intents } from '../classification.js';
import { sentencesOf } from './sentences.js';

/** What a person decided a message wants. */
export interface Example {
  text: string;
  intent: Intent;
}

/**
 * What was learned of messages: how many of each intent have a feature (naive Bayes over words that are there). Counts
 * alone, so that two models are joined by adding, and of words alone that stood in two messages at least, so that no
 * name, number or address of one person is kept.
 */
export const intentModel = z.strictObject({
  /** Messages learned from, by intent. */
  messages: z.partialRecord(z.enum(intents), z.int().nonnegative()),
  /** Features, each with the number of messages that have it, by intent in the order of `intents`. */
  features: z.record(z.string(), z.array(z.int().nonnegative()).length(intents.length)),
});

export type IntentModel = z.infer<typeof intentModel>;

/** Messages in which a feature must stand to be kept. */
const fewest = 2;
/** Letters of a word that are looked at: annullare, annullate and annullamento are one. */
const stem = 6;
/** Features of a message that are counted. */
const mostFeatures = 400;
/** How many messages' worth a feature's share among all of them counts: what is rarely taught, is not taken for rare. */
const prior = 3;
/** Features of a text that say half of what they would among many. */
const few = 4;

/** The words of a text, and pairs of them, as the model counts them: without numbers, each once. */
export function featuresOf(text: string): string[] {
  const found = new Set<string>();
  for (const { words, question } of sentencesOf(text)) {
    if (question) found.add('?');
    const stems = words.map((word) => (/\d/.test(word) ? '#' : word.slice(0, stem)));
    for (let at = 0; at < stems.length && found.size < mostFeatures; at++) {
      found.add(stems[at]!);
      if (at > 0) found.add(`${stems[at - 1]} ${stems[at]}`);
    }
  }
  return [...found];
}

/** Learns from messages of which is known what they want. The same examples in any order give the same model. */
export function trainIntents(examples: readonly Example[]): IntentModel {
  const messages: IntentModel['messages'] = {};
  const counts = new Map<string, number[]>();
  for (const { text, intent } of examples) {
    messages[intent] = (messages[intent] ?? 0) + 1;
    for (const feature of featuresOf(text)) {
      const row = counts.get(feature) ?? intents.map(() => 0);
      counts.set(feature, row);
      row[intents.indexOf(intent)]!++;
    }
  }
  const kept = [...counts].filter(([, row]) => row.reduce((sum, one) => sum + one, 0) >= fewest);
  return { messages, features: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * One model of two: what came along, and what a team taught.
 * @param times how often the other one counts: decisions of the own people tell more of the own messages
 */
export function joinIntentModels(one: IntentModel, other: IntentModel, times = 1): IntentModel {
  const messages = { ...one.messages };
  for (const intent of intents) {
    const sum = (one.messages[intent] ?? 0) + times * (other.messages[intent] ?? 0);
    if (sum > 0) messages[intent] = sum;
  }
  const features = new Map(Object.entries(one.features));
  for (const [feature, row] of Object.entries(other.features))
    features.set(
      feature,
      row.map((count, i) => times * count + (features.get(feature)?.[i] ?? 0)),
    );
  return { messages, features: Object.fromEntries(features) };
}

/**
 * What a model says of a text.
 * @returns points for each intent that it knows, how much more likely the text is with it than with the average one;
 * none where it knows no word of the text
 */
export function scoreIntents(model: IntentModel, text: string): Map<Intent, number> {
  const known = intents.filter((intent) => (model.messages[intent] ?? 0) > 0);
  const rows = featuresOf(text)
    .filter((feature) => Object.hasOwn(model.features, feature))
    .map((feature) => model.features[feature]!);
  if (known.length < 2 || rows.length === 0) return new Map();
  const all = known.reduce((sum, intent) => sum + model.messages[intent]!, 0);
  const sums = known.map((intent) => {
    const at = intents.indexOf(intent);
    return rows.reduce((sum, row) => {
      const share = row.reduce((total, one) => total + one, 0) / all;
      return sum + Math.log((row[at]! + prior * share) / (model.messages[intent]! + prior));
    }, 0);
  });
  const mean = sums.reduce((sum, one) => sum + one, 0) / sums.length;
  // Words of one text are no independent witnesses: their number counts by its root; and a few are hardly any.
  const weight = rows.length / (rows.length + few) / Math.sqrt(rows.length + few);
  return new Map(known.map((intent, i) => [intent, (sums[i]! - mean) * weight]));
}
