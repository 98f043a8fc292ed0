/** What a file without a name is called, by its MIME type (IANA). */
const names: Readonly<Record<string, string>> = {
  'application/gzip': 'archive.gz',
  'application/ics': 'invite.ics',
  'application/json': 'data.json',
  'application/msword': 'document.doc',
  'application/pdf': 'document.pdf',
  'application/pgp-signature': 'signature.asc',
  'application/pkcs7-mime': 'message.p7m',
  'application/pkcs7-signature': 'signature.p7s',
  'application/rtf': 'document.rtf',
  'application/vnd.ms-excel': 'table.xls',
  'application/vnd.oasis.opendocument.spreadsheet': 'table.ods',
  'application/vnd.oasis.opendocument.text': 'document.odt',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'table.xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document.docx',
  'application/x-pkcs7-mime': 'message.p7m',
  'application/x-pkcs7-signature': 'signature.p7s',
  'application/xml': 'data.xml',
  'application/zip': 'archive.zip',
  'audio/amr': 'recording.amr',
  'audio/mp4': 'recording.m4a',
  'audio/mpeg': 'recording.mp3',
  'audio/ogg': 'recording.ogg',
  'audio/wav': 'recording.wav',
  'image/bmp': 'picture.bmp',
  'image/gif': 'picture.gif',
  'image/heic': 'picture.heic',
  'image/jpeg': 'picture.jpg',
  'image/jpg': 'picture.jpg',
  'image/png': 'picture.png',
  'image/tiff': 'picture.tiff',
  'image/webp': 'picture.webp',
  'message/global': 'message.eml',
  'message/rfc822': 'message.eml',
  'text/calendar': 'invite.ics',
  'text/csv': 'table.csv',
  'text/html': 'page.html',
  'text/plain': 'text.txt',
  'text/rtf': 'document.rtf',
  'text/vcard': 'contact.vcf',
  'text/x-vcard': 'contact.vcf',
  'text/xml': 'data.xml',
  'video/3gpp': 'video.3gp',
  'video/mp4': 'video.mp4',
  'video/quicktime': 'video.mov',
};

/**
 * The name of a file that came: its own; with the ending of its type where it has none, and after its type where it has no
 * name at all.
 * @returns `file` for one of which nothing is known
 */
export function fileName({ name = '', type }: { name?: string; type: string }): string {
  const known = Object.hasOwn(names, type) ? names[type]! : 'file';
  const own = name.trim();
  if (own === '') return known;
  const ending = known.slice(known.lastIndexOf('.') + 1);
  return /\.[a-z0-9]{1,10}$/i.test(own) || known === 'file' ? own : `${own}.${ending}`;
}
