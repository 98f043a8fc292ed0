import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shoutedShare } from './capitals.js';
import { type SignalSource, signalsOf } from './signals.js';

const customer = { name: 'Mario Ferrante', address: 'mario.ferrante@gmail.com' };
const at = (address: string, name = '') => ({ name, address });
const message = (some: Partial<SignalSource>): SignalSource => ({
  subject: '',
  text: '',
  from: customer,
  to: [at('info@lume.example')],
  cc: [],
  isOurs: (address) => address.endsWith('@lume.example'),
  unanswered: 1,
  ...some,
});
const signals = (some: Partial<SignalSource>) => signalsOf(message(some)).map(({ signal }) => signal);

describe('a lawyer', () => {
  it.each([
    'Se non ricevo risposta entro 7 giorni mi rivolgerò al mio avvocato.',
    'Procederò per VIE LEGALI senza altro avviso',
    'siamo costretti a incaricare un avvocato per il recupero',
    'Con la presente vi diffido a consegnare la merce',
    'I will take you to the small claims court if this goes on',
    'You will hear from my solicitor.',
    'otherwise I am speaking to a lawyer on Monday',
    'Sonst übergebe ich die Sache meinem Anwalt.',
    'Wir behalten uns rechtliche Schritte vor',
    'ich werde einen Rechtsanwalt beauftragen',
    'Sans réponse, je saisirai un avocat',
    'Ceci vaut mise en demeure.',
    'Lo pondré en manos de mi abogado',
    'tomaré acciones legales',
  ])('is in: %s', (text) => {
    expect(signals({ text })).toEqual(['lawyer']);
  });

  it.each([
    'Vorrei ordinare “L’avvocato del diavolo” in edizione tascabile',
    'La garanzia legale è di due anni, vi scrivo per la lampada',
    'Do you have any courtroom dramas? Contact me about the lawyer series.',
    'Ich hätte gern das Buch „Das Gericht“ bestellt',
    'Andrea Tribunale ha ordinato tre lampade',
    'Je cherche un livre sur le tribunal de Nuremberg',
  ])('is not in: %s', (text) => {
    expect(signals({ text })).toEqual([]);
  });
});

describe('the press', () => {
  it.each([
    'scriverò ai giornali quello che fate',
    'Contatterò la stampa locale',
    'ne parlerò a Striscia la Notizia',
    'I am going to the media with this',
    'I shall contact the newspapers',
    'Dann wende ich mich an die Presse!',
    'je vais alerter la presse',
    'Acudiré a la prensa',
  ])('is in: %s', (text) => {
    expect(signals({ text })).toEqual(['press']);
  });

  it.each([
    'Il giornale non mi arriva da tre settimane',
    'vorrei informazioni sul giornale e sulla stampa dei volantini',
    'mi contatti per la stampa dei biglietti',
    'Please press the button and contact me',
    'Die Zeitung kommt seit Montag nicht mehr',
    'My newspapers arrive wet',
    'Segnalibro e rivista non sono arrivati',
  ])('is not in: %s', (text) => {
    expect(signals({ text })).toEqual([]);
  });
});

describe('third parties', () => {
  it.each([
    ['a consumer association', [at('reclami@codacons.it')]],
    ['a stranger', [at('luisa@example.org')]],
    ['a stranger at the same big provider', [at('rosa.bianchi@gmail.com', 'Rosa Bianchi')]],
  ])('are %s in copy', (_who, cc) => {
    expect(signals({ cc })).toEqual(['third_party']);
  });

  it('are told for what they are by their address or their name', () => {
    expect(signals({ cc: [at('studio@avvocatoverdi.it')] })).toEqual(['lawyer', 'third_party']);
    expect(signals({ cc: [at('verdi@pec.it', 'Avvocato Carla Verdi')] })).toEqual(['lawyer', 'third_party']);
    expect(signals({ to: [at('info@lume.example'), at('redazione@corrieredelsud.it')] })).toEqual([
      'press',
      'third_party',
    ]);
    expect(signals({ text: 'informerò il Codacons' })).toEqual(['third_party']);
    expect(signals({ text: 'Das melde ich der Verbraucherzentrale' })).toEqual(['third_party']);
  });

  it('are none of ours, of the family, of the house, of the file, and no machine', () => {
    const cc = [
      at('anna@lume.example'),
      at('giulia.ferrante@libero.it', 'Giulia'),
      at('MARIO.FERRANTE@gmail.com'),
      at('no-reply@shop.example'),
      at('not an address'),
    ];
    expect(signals({ cc })).toEqual([]);
    const from = at('buyer@hotel-aurora.co.uk', 'Buyer');
    expect(signals({ from, cc: [at('boss@mail.hotel-aurora.co.uk')] })).toEqual([]);
    expect(signals({ from, cc: [at('boss@hotel-other.co.uk')] })).toEqual(['third_party']);
    const isColleague = (address: string) => address === 'boss@holding.example';
    expect(signals({ from, cc: [at('Boss@holding.example')], isColleague })).toEqual([]);
    // A lawyer of the customer's own name is a lawyer.
    expect(signals({ cc: [at('ferrante@studiolegaleferrante.it')] })).toEqual(['lawyer', 'third_party']);
    expect(signals({ cc: [at('arjun@example.org', 'Arjun Rai')] })).toEqual(['third_party']);
  });
});

describe('capitals', () => {
  const angry = 'SONO TRE SETTIMANE CHE ASPETTO QUESTA LAMPADA E NESSUNO RISPONDE MAI ALLE TELEFONATE';

  it('are shouting over a length', () => {
    expect(signals({ text: angry })).toEqual(['capitals']);
    expect(signals({ subject: 'reclamo', text: `Buongiorno,\n${angry}\nMario Ferrante` })).toEqual([
      'capitals',
    ]);
    expect(
      shoutedShare(
        'ICH WARTE SEIT DREI WOCHEN AUF MEINE STRAßENLAMPE UND NIEMAND ANTWORTET AUF MEINE BRIEFE',
      ),
    ).toBe(1);
    expect(
      shoutedShare(
        'İKİ HAFTADIR LAMBAYI BEKLİYORUM KİMSE TELEFONLARIMA CEVAP VERMİYOR ARTIK YETER BUGÜN GELSİN',
      ),
    ).toBe(1);
  });

  it.each([
    ['one word', 'URGENTE'],
    [
      'acronyms',
      'La PEC, la SPA e la SRL; i dati ISTAT, INPS, CONSOB e UNESCO sono quelli del mese passato e vanno bene',
    ],
    [
      'an order’s number',
      'XKCD1234 ABCD5678 QWERT99 ORDER12 LAMP2000 ABCD5679 QWERT98 ORDER13 LAMP2001 ABCD5670',
    ],
    [
      'a title',
      'Vorrei “LA STRADA CHE VA IN CITTÀ” e anche quello nuovo che è uscito da poco, se possibile rilegato',
    ],
    [
      'a script without capitals',
      '漢字だけの文章です これはとても長い文章です 大文字はありません ここにもありません さらに続きます',
    ],
    [
      'nouns of German',
      'Die Lampe, der Tisch, das Fenster und die Straße im Garten hinter dem Haus gefallen meiner Mutter',
    ],
  ])('are none: %s', (_what, text) => {
    expect(signals({ text })).toEqual([]);
  });
});

it('the third message without an answer is one', () => {
  expect(signals({ unanswered: 2 })).toEqual([]);
  expect(signalsOf(message({ unanswered: 3 }))).toEqual([
    { signal: 'repeated_contact', why: '3 messages came without an answer' },
  ]);
});

it('says what it saw in one line without control characters', () => {
  const [one] = signalsOf(message({ text: 'vado dal mio\u001b[31m  \tavvocato' }));
  expect(one).toBeUndefined();
  const [two] = signalsOf(message({ text: 'vado dal mio  \tavvocato' }));
  expect(two?.why).toBe('the message speaks of a lawyer: "mio avvocato"');
});

it('takes any text, in linear time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.string(), (text, address, name) => {
      const found = signalsOf(
        message({
          subject: name,
          text,
          cc: [
            { name, address },
            { name: text, address: text },
          ],
        }),
      );
      expect(new Set(found.map(({ signal }) => signal)).size).toBe(found.length);
      for (const { why } of found) expect(why).not.toMatch(/\p{Cc}/u);
    }),
  );
  const began = performance.now();
  for (const piece of ['a', 'my ', 'press contact ', 'İ', 'ANDRÒ ', '@', '. '])
    signalsOf(message({ text: piece.repeat(10_000_000 / piece.length), subject: piece.repeat(10_000) }));
  const cc = Array.from({ length: 20_000 }, (_, n) => at(`p${n}@x${n}.example`, `Person ${n}`));
  signalsOf(message({ cc }));
  expect(performance.now() - began).toBeLessThan(5000);
});
