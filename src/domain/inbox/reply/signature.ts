/** Marks of a signature's beginning: RFC 3676's `-- `, and the rules that people and programs draw. */
export function isSignatureRule(marker: string): boolean {
  return /^(?:--|-{2,4}|[—–]{1,3}|_{2,4}|={2,4}|\+{2,4}|\*{3,4}|~{2,4}|\*\*--\*\*|\u1427)$/u.test(marker);
}

/** A longer rule, which may also part what one person wrote. */
export function isRule(marker: string): boolean {
  return /^(?:[-–—_=*~#.+]{5,}|(?:[-_=*] ){4,}[-_=*]?)$/u.test(marker);
}

const device =
  /iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|pixel|nokia|\bhtc\b|motorola|alcatel|sony|blackberry|windows|mobil|mobile|smartphone|\bphone\b|téléphone|telefon|handy|cell|cellulare|móvil|tablet|device|gerät|dispositivo|outlook|\bmail\b|mailbox|webmail|airmail|gmail|yahoo|k-9|thunderbird|proton|spark|aquamail|\bbb\b|watch|posta|correo|libero|gmx|web\.de|nine|телефон|айфон/iu;
const mine =
  /\b(?:my|mio|mia|meinem|meiner|mon|ma|mi|mijn|min|mitt|moj|mojego|meu|minha|mig|saját|mein)\b|(?<!\p{L})(?:моего|моей|мого)(?!\p{L})/iu;
const sent = new RegExp(
  `^(?:${[
    'sent (?:from|via|with|by|using|on)\\b|message sent (?:from|via|with)\\b|get (?:outlook|\\[outlook)|from my\\b|sent$',
    '(?:messaggio |mail )?inviat[oa] (?:da|dal|dalla|con|tramite|via)\\b|(?:scarica|ottieni) outlook',
    'gesendet (?:von|mit|vom|aus|über|per)\\b|von (?:meinem|meiner|unterwegs)\\b.{0,60}gesendet|diese nachricht wurde von mein.{0,90}gesendet|(?:holen sie sich|hole dir|laden sie) outlook',
    'envoyé (?:depuis|de|du|à partir|par|avec|via)(?!\\p{L})|(?:télécharge[rz]|obtenez|obtenir) outlook',
    'enviad[oa] (?:desde|do|da|de|por|con|a partir|através)(?!\\p{L})|(?:obtener|obtén|descargar|obter) outlook',
    'ver(?:zonden|stuurd) (?:vanaf|met|via|van|vanuit)\\b|outlook voor \\p{L}+ downloaden|sendt (?:fra|med|via)\\b|skickat från|hämta outlook|hent outlook|lähetetty\\b',
    'wysłan[eoy] (?:z|ze|przy)(?!\\p{L})|odesláno z|odoslané z|odoslano|poslano (?:z|iz)|küldve\\b|trimis (?:de pe|de la|din)|στάλθηκε από',
    'отправлено (?:из|с|со|через)(?!\\p{L})|надіслано (?:з|із)(?!\\p{L})|изпратено от|从我的|从.{0,20}发送|發自|发自|從我的',
  ].join('|')})`,
  'iu',
);
const sentBehind = /(?:から送信|에서 보냄|전송됨|gönderildi|傳送|发送)$/u;

/** `Sent from my iPhone`, in many languages: what a telephone writes by itself. */
export function isDeviceLine(marker: string): boolean {
  if (marker.length > 200) return false;
  const plain = marker.replace(/^[<([*_ ]+/, '');
  if (sentBehind.test(plain.replace(/[.。]$/u, '')))
    return device.test(plain) || /我的|私の|나의/u.test(plain);
  if (sent.test(plain)) return device.test(plain) || mine.test(plain);
  return /^\p{L}+ from (?:my )?(?:mobile|phone|i?phone|cell)\b.{0,12}$/iu.test(plain);
}

/** Formulas that close a letter, behind which the name follows. Thanks are none: they are part of what is said. */
const closings = new RegExp(
  `^(?:${[
    '(?:with )?(?:my |our |all )?(?:very )?(?:best|kind|kindest|warm|warmest|many|cordial)?(?: and (?:best|kind|warm))? ?(?:regards|wishes|rgds)|best|cheers|(?:yours|your) (?:sincerely|faithfully|truly)|sincerely(?: yours)?|yours|respectfully(?: yours)?',
    '(?:i |con i |con |porgo |porgiamo |in attesa,? )?(?:miei |nostri |più |piu )*(?:un |i )?(?:cordial[ei]|distint[io]|cari|caro|tanti|molti|migliori|sinceri|affettuosi) salut[io]|(?:la |vi |ti )?saluto (?:cordialmente|distintamente)|(?:la |vi )?salut(?:o|iamo) cordialmente|salut[io]|saluti cordiali|saluti e grazie|cordialmente|cordialità|distintamente|in fede|con osservanza|con ossequio|un abbraccio|buon(?:a)? (?:lavoro|giornata|serata)',
    '(?:mit )?(?:den |vielen |ganz )*(?:freundliche[nm]?|beste[nm]?|herzliche[nm]?|liebe[nm]?|viele[nm]?|schöne[nm]?|sonnige[nm]?) (?:gr(?:ü|ue)(?:ß|ss)en?|gruß|gruss|empfehlungen)|hochachtungsvoll|(?:lg|mfg|vg|bg)|gr(?:ü|ue)(?:ß|ss)e?',
    '(?:bien )?(?:très )?cordialement(?: vôtre| à vous)?|bien (?:à|a) (?:vous|toi)|(?:sincères |meilleures |mes |nos )*salutations(?: distinguées| cordiales)?|amicalement|bonne (?:journée|soirée|réception)|(?:veuillez|je vous prie).{0,120}salutations.{0,30}|cdlt|respectueusement',
    '(?:un |con un |reciba un )?(?:cordial|atento|afectuoso) saludo|(?:muchos |cordiales |atentos )?saludos(?: cordiales)?|un saludo|atentamente|atte|un abrazo|le saluda atentamente',
  ].join('|')})[ ,.!;:-]*$`,
  'iu',
);

/** Whether a line closes a letter with a formula. */
export function isClosing(marker: string): boolean {
  return marker.length <= 160 && closings.test(marker);
}

/** `Thanks,`: stays in the text, but a name stands behind it. */
export function isThanks(marker: string): boolean {
  return /^(?:(?:many |molte |tante |vielen |herzlichen |un grand |mil |muchas )?(?:thanks|thank you|thx|grazie|danke|dank|merci|gracias)(?: (?:again|mille|ancora|in advance|anticipatamente|im voraus|d'avance|e saluti|und gruß|so much|a lot|mil|de antemano))?)[ ,.!]*$/iu.test(
    marker,
  );
}

const contact =
  /\+?\d[\d /().-]{6,}\d|@[\w-]+\.|\bwww\.|https?:\/\/|\b(?:tel|fon|mobile|cell|fax|p\. ?iva)\b/iu;

/** Whether a line holds what one is reached by: a telephone number, an address of mail or web. */
export function hasContact(marker: string): boolean {
  return contact.test(marker);
}

/** Whether a line may be nothing but a person's name: one to five words, each with a capital letter or a particle. */
export function isNameLike(marker: string): boolean {
  if (marker.length > 60 || /[\d?!:;@]/.test(marker)) return false;
  const words = marker
    .replace(/[.,()"-]+/g, ' ')
    .trim()
    .split(/ +/);
  return (
    words.length <= 5 &&
    words.some((word) => /^\p{Lu}/u.test(word)) &&
    words.every((word) =>
      /^(?:\p{Lu}[\p{L}'’]*|de|di|da|del|della|dei|von|van|der|den|la|le|du|e|y)$/u.test(word),
    )
  );
}
