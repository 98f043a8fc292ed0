import { basename, extname } from 'node:path/posix';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { anyLanguage, subjectFor } from '../../domain/campaigns/language.js';
import type { MailFile } from '../../mail/compose-mail.js';
import { letterFooter } from '../../mail/footer.js';
import { type CompiledMessage, compileMessage } from '../../mail/render.js';
import { placed } from '../../workspace/check/place.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { CampaignFiles } from './campaign-files.js';
import type { ComposerSource } from './compose.js';
import type { ContentFile } from './content-file.js';
import type { CampaignPlan } from './plan-campaign.js';

/** Each body with each subject that may stand over it, by `<body>\0<subject>`. */
export async function compiledMessages({
  campaign,
  bodies,
  files: { layout, pictures },
  root,
  config,
}: ComposerSource): Promise<Map<string, CompiledMessage>> {
  const languages = config.languages ?? [];
  const record = readOrNull(insideWorkspace(root, campaign.path))?.toString('utf8');
  const compiled = new Map<string, CompiledMessage>();
  for (const [language, { text, path }] of bodies) {
    const cids = new Map([...(pictures.get(language) ?? [])].map(([name, file]) => [name, cidOf(file)]));
    for (const subject of subjectsOf(campaign, language, languages)) {
      const shown = language === anyLanguage ? (languages[0] ?? 'en') : language;
      const footer = footerOf(campaign.data.channel, text, shown);
      const written = { language: shown, ...(config.timezone ? { timeZone: config.timezone } : {}) };
      const source = { subject, body: text, ...written, path, layout, pictures: cids, ...footer };
      const subjectPlace = placeOfSubject(campaign, subject, record);
      compiled.set(`${language}\0${subject}`, await compileMessage({ ...source, subjectPlace }));
    }
  }
  return compiled;
}

/** What a letter says at its end, where nobody is asked to click; nobody reads a footer out in a call. */
function footerOf(channel: Campaign['channel'], body: string, language: string): { footer?: string } {
  if (channel === 'letter') return { footer: letterFooter(body, language) };
  return channel === 'phone' ? { footer: '' } : {};
}

function placeOfSubject(
  { path, data }: StoredRecord<Campaign>,
  subject: string,
  record: string | undefined,
): { path: string; line?: number } {
  const language = Object.entries(typeof data.subject === 'object' ? data.subject : {}).find(
    ([, text]) => text === subject,
  )?.[0];
  const at = language === undefined ? ['subject'] : ['subject', language];
  const line = placed('campaign', path, record, [{ at, message: '' }])[0]?.line;
  return line ? { path, line } : { path };
}

/** The same for the same picture, so that a message is made of the same bytes each time. */
function cidOf({ sha256 }: ContentFile): string {
  return `${sha256.slice(0, 32)}@itaca`;
}

/** What travels with the message of a body: attachments, and each of its pictures once. */
export function mailFiles({ attachments, pictures }: CampaignFiles, body: string): MailFile[] {
  const inline = new Map([...(pictures.get(body)?.values() ?? [])].map((file) => [cidOf(file), file]));
  return [
    ...attachments.map(({ path, bytes }) => ({ name: basename(path), bytes })),
    ...[...inline].map(([cid, { path, bytes }]) => ({ name: basename(path), bytes, cid })),
  ];
}

/** A page with its pictures in it, for a browser, which has no message to find them in. */
export function withPictures(html: string, { files }: CampaignPlan): string {
  const all = [...files.pictures.values()].flatMap((pictures) => [...pictures.values()]);
  return all.reduce((page, file) => {
    const type = extname(file.path).slice(1).toLowerCase().replace('jpg', 'jpeg');
    return page.replaceAll(
      `cid:${cidOf(file)}`,
      `data:image/${type};base64,${file.bytes.toString('base64')}`,
    );
  }, html);
}

/** Every subject that may stand over a body. */
function subjectsOf(
  campaign: StoredRecord<Campaign>,
  language: string,
  languages: readonly string[],
): Set<string> {
  const { subject, channel = 'email' } = campaign.data;
  // Letters and calls need none.
  if (subject === undefined) return new Set(channel === 'email' ? [] : ['']);
  if (typeof subject === 'string') return new Set([subject]);
  const own = subjectFor(subject, language, language === anyLanguage ? undefined : language, languages);
  const none = channel === 'email' ? [] : [''];
  return new Set([...Object.values(subject), ...(own === undefined ? [] : [own]), ...none]);
}
