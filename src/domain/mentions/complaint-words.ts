import { Phrases, sentencesOf } from '../search/phrases.js';

/** What unhappy customers write in public, in Italian, English, German, French and Spanish. */
const complaints = new Phrases([
  ...[
    'mai arrivat*',
    'non e arrivat*',
    'non arriva',
    'truffa*',
    'rimborso',
    'reclamo',
    'vergogn*',
    'scandalos*',
  ],
  ...['pessim*', 'rotto', 'rotta', 'rotti', 'danneggiat*', 'difettos*', 'nessuno risponde', 'non rispond*'],
  ...['deludent*', 'delusion*', 'delus*', 'sconsigli*', 'inaccettabile', 'in ritardo'],
  ...[
    'never arrived',
    'not arrived',
    'did not arrive',
    'didn t arrive',
    'scam*',
    'refund*',
    'rip off',
    'ripped off',
  ],
  ...[
    'complain*',
    'terrible',
    'awful',
    'horrible',
    'worst',
    'broken',
    'damaged',
    'faulty',
    'no answer',
    'no reply',
  ],
  ...[
    'never answer*',
    'nobody answer*',
    'disappoint*',
    'unacceptable',
    'rude',
    'waste of money',
    'stay away',
  ],
  ...[
    'nie angekommen',
    'nicht angekommen',
    'betrug*',
    'erstattung',
    'ruckerstattung',
    'beschwerde*',
    'reklamation*',
  ],
  ...[
    'enttausch*',
    'kaputt*',
    'beschadigt*',
    'defekt*',
    'mangelhaft*',
    'unverschamt*',
    'nie wieder',
    'abzocke',
  ],
  ...['keine antwort', 'nicht erreichbar', 'finger weg'],
  ...[
    'jamais arriv*',
    'pas arriv*',
    'pas recu',
    'jamais recu',
    'arnaque*',
    'rembours*',
    'reclamation*',
    'decu*',
  ],
  ...[
    'decevant*',
    'casse',
    'cassee',
    'abime*',
    'defectueu*',
    'inadmissible',
    'honteu*',
    'lamentable',
    'a fuir',
  ],
  ...['aucune reponse', 'pas de reponse'],
  ...[
    'nunca llego',
    'no ha llegado',
    'no llego',
    'estafa*',
    'reembolso',
    'devolucion',
    'reclamacion*',
    'decepcion*',
  ],
  ...[
    'roto',
    'rota',
    'danado*',
    'defectuos*',
    'pesim*',
    'inaceptable',
    'vergonz*',
    'nadie responde',
    'no responden',
  ],
]);

/** Before such a word, it is said that there was none of it. */
const denials = new Set(
  `non mai nessun nessuna senza not never no without nicht kein keine nie ohne pas jamais sans aucun aucune nunca sin
  ningun ninguna`.split(/\s+/),
);

/** Whether a text complains, by its words; what it says there was none of does not count. */
export function complains(text: string): boolean {
  for (const { words } of sentencesOf(text)) {
    for (let position = 0; position < words.length; position++) {
      const before = words.slice(Math.max(position - 2, 0), position);
      if (complaints.at(words, position) > 0 && !before.some((word) => denials.has(word))) return true;
    }
  }
  return false;
}
