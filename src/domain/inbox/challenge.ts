import { aboutOf } from './about.js';
import type { Classification } from './classification.js';
import type { InboundMessage } from './message.js';
import { headerOf } from './senders.js';

/** Fields of systems that ask a sender to prove that he is a person. */
const fields = ['x-tmda-confirm', 'x-spamarrest', 'x-boxbe-challenge', 'x-challenge-response', 'x-qconfirm'];

/** Their words. */
const words = new RegExp(
  [
    'confirm that you (?:are|sent|wrote)',
    'verify that you (?:are|sent) (?:a |not )?(?:real|human|spam|this)',
    '(?:prove|verify|confirm) (?:that )?you.re (?:a |not )?(?:human|real|spam|robot)',
    'confirmation of your message',
    'your (?:e-?mail|message) (?:requires|needs|is awaiting) (?:verification|confirmation|approval)',
    'message (?:is being|has been|was|will be) held (?:until|pending|because).{0,120}(?:confirm|verif|reply|approv)',
    '(?:reply to|click|visit|follow).{0,80}(?:to|and) (?:confirm|verify|authenticate) (?:your|that|yourself)',
    'challenge[/-]response',
    'approved senders? list',
    'spam ?arrest',
    'per consegnare il (?:tuo|suo) messaggio.{0,80}conferm',
    'bestätigen sie.{0,60}(?:absender|kein spam|mensch)',
  ].join('|'),
  'i',
);

/** A machine that asks the sender of a message to prove that he is a person; undefined where a message is none. */
export function readChallenge(message: InboundMessage): Classification | undefined {
  const field = fields.find((name) => headerOf(message, name) !== '');
  const answers = message.inReplyTo.length > 0 || /^\s*auto-/i.test(headerOf(message, 'auto-submitted'));
  const said = `${message.subject} ${message.text.slice(0, 4000)}`.replace(/\s+/g, ' ');
  const automatic = answers || message.returnPath === '' || message.returned !== undefined;
  if (field === undefined && !(automatic && asks(said) && headerOf(message, 'list-id') === ''))
    return undefined;
  const about = aboutOf(message);
  return {
    kind: 'challenge',
    bounces: [],
    confidence: field === undefined ? 0.85 : 0.98,
    why:
      field === undefined ? 'it asks to prove that a person sent the message' : `it has the field ${field}`,
    ...(about === undefined ? {} : { about }),
  };
}

const asks = (text: string) => words.test(text);
