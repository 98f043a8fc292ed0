/** What stands between the rules above an old message: `-----Original Message-----`, in many languages. */
const titles = new RegExp(
  [
    'original(?: e-?mail)? message|original(?: e-?)?mail|original appointment|forwarded (?:message|email)|begin forwarded message|reply message|replied message',
    'messaggio (?:originale?|inoltrato|di posta originale)|inizio messaggio inoltrato|ursprüngliche (?:nachricht|mail)|urspr\\. nachricht|original-?nachricht|originalmail',
    "weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message (?:d['’]origine|original|transféré|initial|réexpédié)|début du message (?:transféré|réexpédié)|e-?mail d['’]origine",
    'mensaje (?:original|reenviado)|inicio del mensaje reenviado|mensagem (?:original|encaminhada)|oorspronkelijk bericht|doorgestuurd bericht|begin doorgestuurd bericht',
    'oprindelig (?:besked|meddelelse)|opprinnelig melding|videresendt (?:besked|melding)|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|alkuperäinen viesti|välitetty viesti',
    'wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|původní zpráva|pôvodná správa|eredeti üzenet|mesaj original|orijinal (?:ileti|mesaj)|özgün ileti|αρχικό μήνυμα',
    '(?:исходное|пересылаемое|пересланное) сообщение|оригінальне повідомлення|переслане повідомлення|邮件原件|原始邮件|原始郵件|转发邮件|元のメッセージ|원본 메시지',
  ].join('|'),
  'iu',
);

/** What help desks put above the old messages of a thread. */
const above =
  /(?:reply|write|answer) above this line|rispondi sopra questa (?:riga|linea)|antworten sie (?:bitte )?(?:über|oberhalb) dieser (?:zeile|linie)|répondez au-dessus de cette ligne|responda por encima de esta línea/iu;

/** GroupWise: `>>> Anna Neri <anna@example.org> 3/3/2026 10:12 >>>`. */
const groupwise = /^>>> [^>]{1,80}(?:<[^<>]{1,80}>)?[^>]{0,40}\d[^>]{0,40}>>>$/;

/**
 * Whether a line says that an old message follows.
 * @param marker as `markerOf` gives it
 */
export function isDivider(marker: string): boolean {
  if (marker.length < 8 || marker.length > 150) return false;
  if (above.test(marker) || groupwise.test(marker)) return true;
  const title = marker
    .replace(/^[-\u2010-\u2015_=*#>. ]+/u, '')
    .replace(/(?<![-\u2010-\u2015_=*#:. ])[-\u2010-\u2015_=*#:. ]{1,60}$/u, '');
  const found = titles.exec(title);
  if (found === null || found.index !== 0 || found[0].length < title.length - 12) return false;
  // Without rules it must be the whole line, with its colon: `Begin forwarded message:`.
  return title.length < marker.length;
}
