import { Phrases, type Sentence, sentencesOf } from '../../search/phrases.js';
import { acts, articles, matters, type Party, type PartyWords, parties } from './words.js';

/** So many words may stand between an act and whom it is about. */
const reach = 6;

const actPhrases = new Phrases(acts);
const compiled = Object.entries(parties).map(([party, { phrases, others }]: [string, PartyWords]) => ({
  party: party as Party,
  phrases: new Phrases(phrases),
  others: new Phrases(others),
}));

/** Who is brought into a message by its words, each with the piece of it that says so; the first one of each. */
export function partiesNamed(text: string): Map<Party, string> {
  const named = new Map<Party, string>();
  for (const sentence of sentencesOf(text)) {
    const { words } = sentence;
    let lastAct = Number.NEGATIVE_INFINITY;
    let lastOther: { party: Party; at: number; length: number }[] = [];
    for (let position = 0; position < words.length; position++) {
      if (actPhrases.at(words, position) > 0) {
        lastAct = position;
        // The act may come after whom it is about, as in German.
        for (const { party, at, length } of lastOther)
          if (position - at <= reach && !named.has(party)) named.set(party, pieceOf(sentence, at, length));
      }
      for (const { party, phrases, others } of compiled) {
        if (named.has(party)) continue;
        const sure = phrases.at(words, position);
        const other = sure > 0 || isMatter(words, position) ? 0 : others.at(words, position);
        if (sure > 0) named.set(party, pieceOf(sentence, position, sure));
        else if (other > 0 && position - lastAct <= reach)
          named.set(party, pieceOf(sentence, position, other));
        else if (other > 0) lastOther.push({ party, at: position, length: other });
      }
      lastOther = lastOther.filter(({ at }) => position - at < reach);
    }
  }
  return named;
}

/** Whether somebody who is named at a word is only what the sentence is about. */
function isMatter(words: readonly string[], position: number): boolean {
  const [before = '', last = ''] = words.slice(Math.max(position - 2, 0), position).slice(-2);
  const nearest = position === 1 ? before : last;
  return matters.has(nearest) || (articles.has(nearest) && position > 1 && matters.has(before));
}

function pieceOf({ text, places }: Sentence, at: number, length: number): string {
  const [first, last] = [places[at], places[at + length - 1]];
  return first && last ? text.slice(first.from, last.to) : '';
}
