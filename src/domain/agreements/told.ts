import { isWritten } from '../cases/case-file.js';
import { findPattern, type Pattern, readPattern } from '../inbox/intent/pattern.js';
import { type Sentence, sentencesOf } from '../inbox/intent/sentences.js';

/** What the firm may have told a customer of the end of his agreement. */
export type Told = 'ended' | 'acknowledged';

/** Words that tell it, by what they tell; how phrases are written stands in `templates/inbox/words/it.yaml`. */
const phrases: Record<Told, readonly string[]> = {
  ended: [
    'is/was/been/s cancelled/canceled/terminated/ended/closed -not -if -when -until -order',
    'has/have ended/lapsed -not -if -order',
    'we/i/have/ve cancelled/canceled/terminated/closed -not -if -order',
    'è/stato/stata/risulta annullato/annullata/cessato/cessata/chiuso/chiusa/cancellato/cancellata/terminato/terminata -non -se -ordine',
    'stato/stata disdetto/disdetta -non -se -ordine',
    'abbiamo/ho annullato/chiuso/cancellato/disdetto -non -ordine',
    'ist/wurde/haben/sind _ gekündigt/storniert/beendet/aufgehoben/gelöscht/erloschen -nicht -wenn -bestellung',
    'est/été annulé/annulée/résilié/résiliée/terminé/terminée/clôturé/clôturée -pas -si -commande',
    'está/ha/sido/queda _ cancelado/cancelada/anulado/anulada/rescindido/rescindida -no -si -pedido',
  ],
  acknowledged: [
    'received/have/got your/the _ cancellation/termination/notice -not',
    'acknowledge/acknowledged _ cancellation/termination/notice -not',
    'ricevuto/ricevuta _ disdetta/recesso/cancellazione -non',
    'prendiamo/preso atto _ disdetta/recesso/cancellazione -non',
    'kündigung _ erhalten/eingegangen/bestätigt/bestätigen -nicht',
    'erhalten/bestätigen _ kündigung -nicht',
    'reçu/accusons _ résiliation/annulation -pas',
    'recibido _ cancelación/baja/anulación -no',
  ],
};

/** In the note of a talk, words by which it was we who said it. */
const ourWords = [
  'i/we said/told/confirmed/answered/replied/assured',
  'told/assured/promised her/him/them',
  'ho/abbiamo _ detto/risposto/confermato/assicurato',
  'habe/haben _ gesagt/bestätigt/versichert',
  'ai/avons _ dit/confirmé/répondu',
  'he/hemos _ dicho/confirmado',
];

let read: { told: [Told, Pattern[]][]; ours: Pattern[] } | undefined;

function patterns() {
  read ??= {
    told: (Object.entries(phrases) as [Told, string[]][]).map(([told, list]) => [
      told,
      list.map(readPattern),
    ]),
    ours: ourWords.map(readPattern),
  };
  return read;
}

const none: ReadonlySet<string> = new Set();
const stands = (list: readonly Pattern[], sentence: Sentence) =>
  list.some((pattern) => findPattern(pattern, sentence, none) !== undefined);

/** So many characters of a sentence are shown. */
const longest = 200;

function shown(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

/**
 * What somebody was told of the end of his agreement, by the words of an interaction; each with the sentence. Of what came
 * in in writing nothing is ours; of a talk that they began, what the note says that we said.
 */
export function toldIn({
  direction,
  channel,
  text,
}: {
  direction?: string | undefined;
  channel: string;
  text: string;
}): { told: Told; words: string }[] {
  if (direction === 'internal' || (direction !== 'outbound' && isWritten(channel))) return [];
  const { told, ours } = patterns();
  return sentencesOf(text)
    .filter((sentence) => !sentence.question && (direction === 'outbound' || stands(ours, sentence)))
    .flatMap((sentence) =>
      told.flatMap(([what, list]) =>
        stands(list, sentence) ? [{ told: what, words: shown(sentence.text) }] : [],
      ),
    );
}
