import { type CaseState, caseStates } from '../cases/states.js';
import { foldText } from '../contacts/person-name.js';
import { ItacaError } from '../error.js';

/** What a case is called: "Resolve ticket" resolves the case, "Resolve SW anomaly" something else. */
const things =
  /(?<= )(?:the|a|ticket|case|request|issue|incident|problem|call|enquiry|complaint|caso|richiesta|reclamo|segnalazione)s?(?= |$)/g;

/** What words say of the state of a case. The first that fits counts. */
const meanings: [words: RegExp, state: CaseState][] = [
  [/^(?:new|nuovo|created?|open new|register(?:ed)?|insert(?:ed)?|submit(?:ted)?|neu)$/, 'new'],
  [/^(?:closed?|closure|closing|chius[oa]|chiudi|chiusura|archived?|geschlossen|merged)$/, 'closed'],
  [
    /^(?:resolv(?:ed?|ing)|resolution|solved?|fix(?:ed)?|completed?|done|risolt[oa]|risolvi|risoluzione|gelost)$/,
    'resolved',
  ],
  [
    /^(?:reject(?:ed)?|den(?:y|ied)|declined?|invalid|duplicate|cancell?(?:ed)?|abandoned|annullat[oa]|respint[oa])$/,
    'rejected',
  ],
  [
    /^(?:on hold|hold|(?:wait(?:ing)?|pending|awaiting|in attesa)(?: (?:for|on|internal|implementation|vendor|supplier|third party|colleague|approval|change)){1,2}|waiting internal)$/,
    'waiting_internal',
  ],
  [
    /^(?:(?:wait(?:ing)?|pending|awaiting|in attesa)(?: (?:for|on|user|customer|client|cliente|requester|reply|information|info|user input|del)){0,3})$/,
    'waiting_customer',
  ],
  [
    /^(?:open(?:ed)?|re ?open(?:ed)?|reinitiate|accept(?:ed)?|take in charge|taken in charge|in progress|work in progress|start(?:ed)?|aperto|riaperto|preso in carico|presa in carico|in lavorazione|offen)$/,
    'open',
  ],
];

/** The state of a case that a word of another system means; undefined where it says nothing of one. */
export function stateOfWord(word: string): CaseState | undefined {
  const folded = foldText(word);
  const plain = folded.replace(things, '').replace(/ +/g, ' ').trim();
  return meanings.find(([words]) => words.test(plain) || words.test(folded))?.[1];
}

/**
 * Reads `--state`: `Closed=closed`.
 * @returns states by the folded word that means them
 * @throws ItacaError `usage` for what is no pair or no state that a case of another system can come to
 */
export function parseStates(given: readonly string[]): Map<string, CaseState> {
  // Merged is a case only with the other case's reference.
  const states = caseStates.filter((state) => state !== 'merged');
  return new Map(
    given.map((pair) => {
      const at = pair.lastIndexOf('=');
      const state = states.find((one) => one === pair.slice(at + 1).trim());
      if (at < 1 || !state)
        throw new ItacaError('usage', `--state ${pair}: expected <activity>=<state>`, {
          hint: `states are: ${states.join(', ')}`,
        });
      return [foldText(pair.slice(0, at)), state];
    }),
  );
}
