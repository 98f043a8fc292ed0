import type { Signal } from '../../cases/process.js';
import type { InboundAddress } from '../message.js';
import { shoutedShare } from './capitals.js';
import { partiesNamed } from './phrases.js';
import { type ThirdParty, thirdParties } from './third-parties.js';
import type { Party } from './words.js';

/** What a signal is read from. */
export interface SignalSource {
  subject: string;
  /** What the person wrote himself, without what he quotes and his signature. */
  text: string;
  from: InboundAddress;
  to: readonly InboundAddress[];
  cc: readonly InboundAddress[];
  /** Whether an address is of the firm. */
  isOurs(address: string): boolean;
  /** Whether an address is on file for the same firm or person as the sender; nobody's where absent. */
  isColleague?(address: string): boolean;
  /** How many messages of this person in this case nobody has answered, this one among them. */
  unanswered: number;
}

/** A signal of a message, in the names of a process's escalation. */
export interface FoundSignal {
  signal: Exclude<Signal, 'reopened' | 'broken_promise'>;
  /** What was seen, as a sentence that goes on after the name of the case. */
  why: string;
}

/** From so many messages without an answer on, they are a signal. */
const repeated = 3;

/** A piece of a stranger's text in a sentence of ours. */
const shown = 60;

/**
 * The signals of a message that a person must look at soon: the third without an answer, third parties in copy, shouting,
 * press and lawyers. They say who is upset, or prepared; not who is right.
 * @returns at most one of each, the gravest first
 */
export function signalsOf(source: SignalSource): FoundSignal[] {
  const { subject, text, from, to, cc, isOurs, isColleague, unanswered } = source;
  const named = partiesNamed(`${subject}\n${text}`);
  const copied = thirdParties(from, [...to, ...cc], isOurs, isColleague);
  const found: FoundSignal[] = [];
  for (const party of ['lawyer', 'press'] as const) {
    const why = whyOf(party, named, copied);
    if (why !== undefined) found.push({ signal: party, why });
  }
  const others = copied.map(({ address }) => address);
  const association = named.get('association');
  if (others.length > 0)
    found.push({ signal: 'third_party', why: `others are in copy: ${cut(others.join(', '))}` });
  else if (association !== undefined)
    found.push({ signal: 'third_party', why: `the message brings in others: "${cut(association)}"` });
  if (unanswered >= repeated)
    found.push({ signal: 'repeated_contact', why: `${unanswered} messages came without an answer` });
  const share = shoutedShare(`${subject}\n${text}`);
  if (share !== undefined)
    found.push({ signal: 'capitals', why: `${Math.round(share * 100)} % of the letters are capitals` });
  return found;
}

const words: Record<Exclude<Party, 'association'>, string> = {
  press: 'the press',
  lawyer: 'a lawyer',
};

function whyOf(
  party: keyof typeof words,
  named: ReadonlyMap<Party, string>,
  copied: readonly ThirdParty[],
): string | undefined {
  const piece = named.get(party);
  if (piece !== undefined) return `the message speaks of ${words[party]}: "${cut(piece)}"`;
  const one = copied.find((other) => other.party === party);
  return one && `${words[party]} is in copy: ${cut(one.address)}`;
}

function cut(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return plain.length > shown ? `${plain.slice(0, shown)}…` : plain;
}
