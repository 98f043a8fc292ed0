import { isBlank, markerOf } from './lines.js';

type Label = 'from' | 'date' | 'to' | 'subject' | 'other';

/** Names of header fields as mail programs write them above what they quote or forward, in many languages. */
const names: Record<Label, string> = {
  from: `from|sender|da|mittente|von|absender|de|expéditeur|remitente|van|afzender|fra|från|avsändare|lähettäjä|od|
    nadawca|odesílatel|odosielateľ|feladó|de la|kimden|gönderen|από|от|від|від кого|от кого|отправитель|desde|发件人|寄件者|
    差出人|보낸 사람|from address`,
  date: `date|sent|sent on|sent at|data|inviato|inviata|spedito|data invio|gesendet|datum|gesendet am|envoyé|envoyé le|
    message du|date d'envoi|enviado|enviado el|enviada|enviada em|enviado em|fecha|verzonden|verzonden op|dato|sendt|skickat|
    lähetetty|päiväys|data wysłania|wysłano|wysłane|odesláno|odoslané|dátum|küldve|trimis|tarih|gönderildi|gönderme tarihi|ημερομηνία|
    στάλθηκε|дата|отправлено|надіслано|изпратено|发送时间|日期|送信日時|日付|보낸 날짜|날짜`,
  to: `to|a|per|destinatario|an|empfänger|à|pour|para|destinatário|aan|til|till|vastaanottaja|do|adresát|komu|címzett|către|
    kime|alıcı|προς|кому|до|收件人|宛先|받는 사람`,
  subject: `subject|re|oggetto|betreff|betr|objet|asunto|assunto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|tárgy|subiect|konu|
    θέμα|тема|относно|主题|主旨|件名|제목`,
  other: `cc|bcc|copia|ccn|copie à|copie|kopie|kopia|kopi|kopi til|reply-to|reply to|rispondi a|risposta|antwort an|répondre à|
    responder a|priority|importance|priorità|importanza|wichtigkeit|attachments|allegati|anlagen|pièces jointes|adjuntos|
    message-id|organization|копия|抄送`,
};

const labels = new Map<string, Label>(
  Object.entries(names).flatMap(([label, list]) =>
    list.split('|').map((name): [string, Label] => [name.trim(), label as Label]),
  ),
);

/** Of a date: that something was sent then, not only that it is one. */
const sentNames =
  /sent|inviat|spedito|gesendet|envoy|enviad|verzonden|sendt|skickat|lähetetty|wysłan|odesl|odosl|отправ|надісл/iu;
/** The longest name of a field, and a star or two. */
const longestName = 30;
/** Most lines of a block that are looked at. */
const mostLines = 12;

/**
 * Where a block of header fields ends that begins at a line, as Outlook and others put it above an old message: a
 * sender and one more field, and, so that a journey (`From: Milan`, `To: Rome`, `Date: 3 May`) is none, a subject, an
 * address, or that it was sent.
 * @returns index of the first line behind it; undefined where none begins here
 */
export function headerBlockEnd(lines: readonly string[], start: number): number | undefined {
  const first = labelOf(lines[start] ?? '');
  if (first === undefined || first === 'other') return undefined;
  const seen = new Set<Label>();
  let addressed = false;
  let sent = false;
  let at = start;
  let strange = 0;
  for (; at < lines.length && at < start + mostLines && !isBlank(lines[at]!); at++) {
    const label = labelOf(lines[at]!);
    sent ||= label === 'date' && sentNames.test(lines[at]!.slice(0, longestName));
    if (label !== undefined) {
      seen.add(label);
      strange = 0;
    } else if (++strange > 2) break;
    addressed ||= lines[at]!.includes('@') && lines[at]!.length < 2000;
  }
  const whole = seen.has('from') && (seen.has('date') || seen.has('to') || seen.has('subject'));
  return whole && (addressed || seen.has('subject') || (sent && seen.has('to'))) ? at - strange : undefined;
}

function labelOf(line: string): Label | undefined {
  const head = markerOf(line.slice(0, longestName + 10)).replace(/^[>*_ ]+/, '');
  const colon = head.search(/[:：]/u);
  if (colon <= 0 || colon > longestName) return undefined;
  return labels.get(
    head
      .slice(0, colon)
      .replace(/[*_ ]+$/, '')
      .toLowerCase(),
  );
}
