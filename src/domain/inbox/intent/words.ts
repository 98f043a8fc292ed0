import { z } from 'zod';
import { type Intent, intents } from '../classification.js';
import { type Pattern, readPattern } from './pattern.js';
import { plainWord } from './sentences.js';

const longestPhrase = 500;

/** A phrase, read as a pattern: what is wrong with it is told with its place. */
const phrase = z.string().transform((source, context) => {
  try {
    if (source.length > longestPhrase) throw new Error('a phrase is no longer than 500 characters');
    return readPattern(source);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});
const list = z.array(phrase).nullish();
const plainList = z.array(z.string().trim().min(1).max(100)).nullish();
const strengths = z.strictObject({ strong: list, clear: list, weak: list }).nullish();

/** A file of words by which is known what a message wants: `words/<language>.yaml`. */
export const intentWordsFile = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}$/),
  ...(Object.fromEntries(intents.map((intent) => [intent, strengths])) as Record<Intent, typeof strengths>),
  unsubscribe: list,
  numbers: plainList,
  negations: plainList,
  conditions: list,
  past: list,
  asking: list,
  requests: list,
});

/** What a phrase adds to what speaks for an intent. */
const weights = { strong: 4, clear: 1.8, weak: 0.6 } as const;

/** A phrase that speaks for an intent. */
export interface Phrase {
  intent: Intent;
  weight: number;
  pattern: Pattern;
}

/** The words of one language. */
export interface IntentWords {
  language: string;
  /** The strongest first. */
  phrases: readonly Phrase[];
  unsubscribe: readonly Pattern[];
  numbers: ReadonlySet<string>;
  negations: ReadonlySet<string>;
  /** `if`, `otherwise`: what follows is not ordered, but threatened or asked. */
  conditions: readonly Pattern[];
  /** `although`, `after`: what follows was done long ago. */
  past: readonly Pattern[];
  /** `how do I`: what follows is asked about. */
  asking: readonly Pattern[];
  /** `could you`: a question in form alone. */
  requests: readonly Pattern[];
}

/**
 * The words of a file.
 * @param file as `intentWordsFile` reads it
 */
export function intentWords(file: z.infer<typeof intentWordsFile>): IntentWords {
  return {
    language: file.language,
    phrases: (['strong', 'clear', 'weak'] as const).flatMap((strength) =>
      intents.flatMap((intent) =>
        (file[intent]?.[strength] ?? []).map((pattern) => ({ intent, weight: weights[strength], pattern })),
      ),
    ),
    unsubscribe: file.unsubscribe ?? [],
    numbers: new Set((file.numbers ?? []).map(plainWord)),
    negations: new Set((file.negations ?? []).map(plainWord)),
    conditions: file.conditions ?? [],
    past: file.past ?? [],
    asking: file.asking ?? [],
    requests: file.requests ?? [],
  };
}

/** The words of several files, those of one language as one: a team's own are added to those that came along. */
export function joinIntentWords(files: readonly IntentWords[]): IntentWords[] {
  const joined = new Map<string, IntentWords>();
  for (const file of files) {
    const known = joined.get(file.language);
    joined.set(file.language, known === undefined ? file : joinTwo(known, file));
  }
  return [...joined.values()];
}

function joinTwo(one: IntentWords, other: IntentWords): IntentWords {
  return {
    language: one.language,
    phrases: [...one.phrases, ...other.phrases].sort((a, b) => b.weight - a.weight),
    unsubscribe: [...one.unsubscribe, ...other.unsubscribe],
    numbers: new Set([...one.numbers, ...other.numbers]),
    negations: new Set([...one.negations, ...other.negations]),
    conditions: [...one.conditions, ...other.conditions],
    past: [...one.past, ...other.past],
    asking: [...one.asking, ...other.asking],
    requests: [...one.requests, ...other.requests],
  };
}
