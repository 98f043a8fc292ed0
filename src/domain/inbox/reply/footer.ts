/** How disclaimers and the footers of lists and trackers begin, in the beginning of a line. */
const beginnings = new RegExp(
  `^[*_("\\[ ]{0,4}(?:${[
    // English
    '(?:confidentiality|privacy|legal|disclaimer)(?: notice| warning| disclaimer)?(?:$| ?[:.-])|(?:this|the (?:information|content(?:s)?)|the information contained in this) (?:e-?mail|message|communication|transmission)(?: message)?(?:,)? (?:and any |and all |(?:is|are|may be|may contain|contains?|is intended|\\(including))',
    'the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail|message|transmission)|if you (?:are not the intended|have received this (?:e-?mail|message) (?:in error|by mistake))|(?:please )?(?:consider|think of) the environment before printing',
    "to unsubscribe (?:from this|from these|send|click)|you (?:received|are receiving|'re receiving|’re receiving) this (?:message|e-?mail|notification) because|reply to this email directly or|virus-free\\.|this e-?mail (?:has been|was) (?:scanned|checked)|no virus found in",
    // Italian
    '(?:avviso|avvertenza|nota|clausola) di riservatezza|(?:le informazioni|i dati|il contenuto)(?: contenut[eio])? (?:in|nella|nel|di) (?:quest[aoe]|presente) ?(?:e-?mail|messaggio|comunicazione)|(?:questo messaggio|questa e-?mail|il presente messaggio|la presente e-?mail)(?: di posta elettronica)?(?:,)? (?:e (?:gli|i|tutti|ogni|gli eventuali)|è (?:confidenziale|riservat|indirizzat|destinat|stat)|contiene|può contenere|inclusi)',
    "ai sensi (?:e per gli effetti )?(?:del|dell’|dell'|della|degli) ?(?:d\\.? ?lgs|decreto|regolamento|reg\\.|gdpr|art).{0,60}(?:196|2016/679|679|privacy|riservat)|qualora (?:il presente messaggio|riceveste|abbiate ricevuto)|se (?:avete|ha) ricevuto questo messaggio per errore|questo messaggio è stato analizzato|mail priva di virus|rispetta l['’]ambiente|prima di stampare",
    // German
    'diese (?:e-?mail|nachricht)(?: \\(.{0,40}\\))?,? (?:enthält|kann|ist (?:vertraulich|ausschlie)|und (?:ihre|alle|etwaige))|der inhalt dieser (?:e-?mail|nachricht)|(?:wichtiger|rechtlicher) hinweis:|virenfrei',
    // French
    'ce (?:message|courriel|mail)(?: électronique)?,? (?:et (?:toutes|ses|les|tout)|est (?:confidentiel|destiné|établi)|peut contenir|contient)|les informations contenues dans ce (?:message|courriel)|(?:avis|clause) de confidentialité|sans virus\\.',
    // Spanish, Portuguese
    '(?:aviso|cláusula) (?:legal|de confidencialidad)|este (?:mensaje|correo)(?: electrónico)?,? (?:y (?:sus|cualquier|los|todos)|(?:es|está|va) (?:confidencial|dirigido|destinado)|contiene|puede contener)|la información contenida en este (?:mensaje|correo)|libre de virus|esta mensagem (?:e|pode|contém)',
  ].join('|')})`,
  'iu',
);

/** Whether a line begins a disclaimer, or the footer of a mailing list or a virus scanner. */
export function beginsFooter(marker: string): boolean {
  return marker.length >= 8 && beginnings.test(marker);
}

/** Begins and ends of signed text (RFC 9580, 7). */
export function isArmour(marker: string): 'begin' | 'end' | undefined {
  if (marker === '-----BEGIN PGP SIGNED MESSAGE-----') return 'begin';
  return /^-----BEGIN (?:PGP SIGNATURE|PGP PUBLIC KEY BLOCK)-----$/.test(marker) ? 'end' : undefined;
}
