import { zones } from './linkage.js';

export type Verdict = 'same' | 'ask' | 'different';

/** A match weight in bits, prior included, as a probability. */
export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}

/** In which zone a match weight lies, prior included. */
export function verdictOf(weight: number): Verdict {
  if (weight >= zones.same) return 'same';
  return weight >= zones.ask ? 'ask' : 'different';
}

/** A probability with as many digits as tell it from certainty. */
export function roundProbability(probability: number): number {
  return Math.round(probability * 1e6) / 1e6;
}
