/** Who may stand behind a customer. */
export type Party = 'press' | 'lawyer' | 'association';

/**
 * Words by which a message brings in somebody else. A phrase is matched word by word, without accents and capitals; a
 * `*` ends a word that may go on. What can mean something harmless (a newspaper that is sold, a court in a novel)
 * counts only beside an act: that somebody is turned to, told, or sent for.
 */
export interface PartyWords {
  /** Each is enough by itself. */
  phrases: readonly string[];
  /** Who is turned to; they count in a sentence with an act. */
  others: readonly string[];
}

/** Turning to somebody, telling him, taking something to him. */
export const acts: readonly string[] = [
  // Italian
  ...[
    'rivolger*',
    'rivolgo',
    'rivolgiamo',
    'rivolt*',
    'contatt*',
    'scriver*',
    'scrivo',
    'informo',
    'informer*',
  ],
  ...['informare', 'segnalo', 'segnaler*', 'segnalare', 'denunci*', 'andro', 'andremo', 'affid*', 'incaric*'],
  ...[
    'consult*',
    'coinvolg*',
    'finiro',
    'finiremo',
    'finira',
    'finirete',
    'passero',
    'passeremo',
    'interpell*',
  ],
  ...['in mano', 'sent* il', 'sent* un', 'parler*', 'dar* mandato'],
  // English
  ...['contact*', 'call* the', 'go to', 'going to', 'went to', 'inform', 'informing', 'informed', 'tell the'],
  ...[
    'telling the',
    'alert*',
    'report* you',
    'report* this',
    'write to',
    'writing to',
    'speak to',
    'speaking to',
  ],
  ...[
    'involve*',
    'hear from',
    'consult*',
    'instruct*',
    'take you',
    'take this',
    'taking this',
    'hand* this',
    'turn to',
  ],
  // German
  ...[
    'wende',
    'wenden',
    'informier*',
    'einschalt*',
    'schalte*',
    'kontaktier*',
    'schreib* an',
    'melde',
    'melden',
  ],
  ...['beauftrag*', 'ubergeb*', 'gehe* zu*', 'gehe* an', 'hinzuzieh*', 'verstandig*'],
  // French
  ...[
    'saisir*',
    'alerter*',
    'avertir*',
    'prevenir*',
    'adresser*',
    'informer*',
    'ecrir*',
    'mandat*',
    'porter*',
  ],
  ...['transmett*', 'faire appel', 'consulter*', 'passer* par'],
  // Spanish
  ...[
    'acudir*',
    'dirigir*',
    'llamar*',
    'denunciar*',
    'informar*',
    'escribir*',
    'recurrir*',
    'avisar*',
    'en manos',
  ],
];

/** Before whom it is about, a word that makes him the matter: contact me about the press. */
export const matters: ReadonlySet<string> = new Set(
  `per di del della dei degli sul sulla sui for about of on regarding uber fur von zum zur pour sur des du para sobre
  de`.split(/\s+/),
);

export const articles: ReadonlySet<string> = new Set(
  'il la lo i gli le un una the a an die der das den dem ein eine einen l les une el los las un una'.split(
    ' ',
  ),
);

/** In Italian, English, German, French and Spanish, in this order. */
export const parties: Record<Party, PartyWords> = {
  press: {
    phrases: [
      ...['giornalist*', 'ai giornali', 'agli organi di stampa', 'striscia la notizia', 'mi manda rai*'],
      ...[
        'journalist*',
        'to the press',
        'to the media',
        'to the papers',
        'to the newspapers',
        'watchdog programme',
      ],
      ...[
        'an die presse',
        'an die medien',
        'an die zeitung',
        'an die offentlichkeit',
        'die presse einschalten',
      ],
      ...['journaliste*', 'a la presse', 'aux medias', 'aux journaux', 'la presse locale'],
      ...['periodista*', 'a la prensa', 'a los medios', 'a los periodicos', 'medios de comunicacion'],
    ],
    others: [
      ...[
        'stampa',
        'giornali',
        'quotidiani',
        'alla televisione',
        'le iene',
        'redazione',
        'redazioni',
        'media',
      ],
      ...['the press', 'the media', 'newspapers', 'bbc', 'reporter*'],
      ...['presse', 'zeitungen', 'medien', 'fernsehen', 'rundfunk'],
      ...['journaux', 'medias', 'la television'],
      ...['prensa', 'periodicos', 'medios', 'la television'],
    ],
  },
  lawyer: {
    phrases: [
      ...[
        'mio avvocato',
        'mia avvocata',
        'nostro avvocato',
        'miei avvocati',
        'nostri avvocati',
        'mio legale',
      ],
      ...[
        'nostro legale',
        'miei legali',
        'nostri legali',
        'legale di fiducia',
        'legale di mia fiducia',
        'vie legali',
      ],
      ...['via legale', 'azione legale', 'azioni legali', 'adire', 'querel*', 'diffid*', 'messa in mora'],
      ...['costituzione in mora', 'giudice di pace', 'in tribunale', 'nostro assistito', 'mio assistito'],
      ...['mia assistita', 'nostra assistita', 'sede giudiziaria', 'class action'],
      ...['my lawyer*', 'our lawyer*', 'my solicitor*', 'our solicitor*', 'my attorney*', 'our attorney*'],
      ...[
        'legal action',
        'legal proceedings',
        'legal advice',
        'legal steps',
        'small claims',
        'sue you',
        'suing you',
      ],
      ...['in court', 'to court', 'letter before action', 'letter before claim'],
      ...['mein* anwalt*', 'mein* anwaelt*', 'mein* rechtsanwalt*', 'unser* anwalt*', 'unser* rechtsanwalt*'],
      ...['rechtliche schritte', 'rechtlichen schritte*', 'rechtliche mittel', 'rechtsweg', 'anwaltliche*'],
      ...['mahnbescheid', 'vor gericht', 'strafanzeige', 'mein* mandant*', 'unser* mandant*'],
      ...['rechtsschutzversicherung'],
      ...[
        'mon avocat*',
        'notre avocat*',
        'mes avocats',
        'action en justice',
        'voie de droit',
        'voies de droit',
      ],
      ...['en justice', 'poursuites judiciaires', 'mise en demeure', 'porter plainte', 'porte plainte'],
      ...[
        'mi abogad*',
        'nuestro abogado',
        'mis abogados',
        'acciones legales',
        'accion legal',
        'via judicial',
      ],
      ...['vias legales', 'demanda judicial', 'burofax', 'los tribunales', 'medidas legales'],
    ],
    others: [
      ...['avvocat*', 'un legale', 'al legale', 'ai legali', 'tribunale', 'giudice', 'studio legale'],
      ...['lawyer*', 'solicitor*', 'attorney*', 'court'],
      ...['anwalt*', 'anwalte*', 'rechtsanwalt*', 'gericht*'],
      ...['avocat*', 'tribunal', 'huissier*', 'procureur'],
      ...['abogad*', 'tribunal*', 'juzgado*', 'juez'],
    ],
  },
  association: {
    phrases: [
      ...['codacons', 'altroconsumo', 'adiconsum', 'federconsumatori', 'adusbef', 'movimento consumatori'],
      ...['unione nazionale consumatori', 'associazione dei consumatori', 'associazione di consumatori'],
      ...[
        'associazione consumatori',
        'associazioni dei consumatori',
        'antitrust',
        'agcm',
        'guardia di finanza',
      ],
      ...['garante della privacy', 'garante privacy', 'garante per la protezione', 'corecom', 'carabinieri'],
      ...['trading standards', 'citizens advice', 'consumer protection', 'consumer rights association'],
      ...['better business bureau', 'advertising standards', 'information commissioner*', 'ombudsman'],
      ...['verbraucherzentrale*', 'verbraucherschutz*', 'wettbewerbszentrale', 'schlichtungsstelle'],
      ...['datenschutzbehorde*', 'landesdatenschutz*'],
      ...[
        'que choisir',
        '60 millions de consommateurs',
        'dgccrf',
        'association de consommateurs',
        'signalconso',
      ],
      ...['cnil', 'repression des fraudes', 'mediateur de la consommation'],
      ...['facua', 'organizacion de consumidores', 'oficina del consumidor', 'asociacion de consumidores'],
      ...['hoja de reclamaciones', 'hojas de reclamaciones', 'agencia de proteccion de datos'],
    ],
    others: [],
  },
};

/**
 * Pieces of addresses and names by which somebody in copy is known for what he is: as a whole label of the domain or the
 * local part, or with `*` as its beginning.
 */
export const partyNames: Record<Party, readonly string[]> = {
  press: [
    ...[
      'redazione',
      'redazioni',
      'giornale*',
      'corriere*',
      'repubblica',
      'lastampa',
      'gazzetta*',
      'ilsole24ore',
      'rai',
    ],
    ...[
      'ansa',
      'mediaset',
      'striscia*',
      'leiene',
      'stampa',
      'ufficiostampa',
      'newsroom',
      'newsdesk',
      'editor',
      'editors',
    ],
    ...[
      'press',
      'bbc',
      'guardian',
      'thetimes',
      'telegraph',
      'dailymail',
      'presse',
      'redaktion',
      'zeitung*',
      'spiegel',
    ],
    ...[
      'ard',
      'zdf',
      'wdr',
      'ndr',
      'sueddeutsche',
      'lemonde',
      'lefigaro',
      'ouest-france',
      'redaction',
      'prensa',
      'redaccion',
    ],
    ...['elpais', 'elmundo', 'journalist*', 'giornalist*'],
  ],
  lawyer: [
    ...[
      'avvocat*',
      'avv',
      'avvocatura',
      'studiolegale*',
      'legale',
      'legali',
      'ordineavvocati*',
      'pecavvocati',
      'legal',
    ],
    ...[
      'lawyer*',
      'law',
      'lawfirm',
      'attorney*',
      'solicitor*',
      'barrister*',
      'esq',
      'anwalt*',
      'rechtsanwalt*',
      'kanzlei*',
    ],
    ...['avocat*', 'cabinet-avocat*', 'abogad*', 'bufete*'],
  ],
  association: [
    ...[
      'codacons*',
      'altroconsumo',
      'adiconsum*',
      'federconsumatori*',
      'adusbef',
      'consumatori*',
      'agcm',
      'garante*',
      'gpdp',
    ],
    ...[
      'gdf',
      'carabinieri',
      'poliziadistato',
      'comune',
      'prefettura*',
      'giustizia',
      'which',
      'citizensadvice',
      'ofcom',
    ],
    ...[
      'tradingstandards',
      'ico',
      'police',
      'verbraucherzentrale*',
      'vzbv',
      'verbraucherschutz*',
      'polizei',
      'quechoisir',
    ],
    ...['ufc-quechoisir', 'dgccrf', 'cnil', 'gouv', 'facua', 'ocu', 'consumo', 'aepd', 'gov', 'gob'],
  ],
};
