import { extname } from 'node:path/posix';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { encodedBytes } from '../../domain/campaigns/size.js';
import { ItacaError } from '../../domain/error.js';
import type { Layout } from '../../mail/layout.js';
import { localPictures } from '../../mail/markdown.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Bodies } from './bodies.js';
import { campaignFolder } from './campaign-folder.js';
import { type ContentFile, contentFile } from './content-file.js';
import { layoutPath, readLayout } from './layout.js';

/** The files that go out with a campaign's bodies. */
export interface CampaignFiles {
  layout: Layout;
  attachments: ContentFile[];
  /** By key of the body, then by the picture's name as the body writes it. */
  pictures: ReadonlyMap<string, ReadonlyMap<string, ContentFile>>;
  /** SHA-256 by use and path: what an approval signs. */
  hashes: Record<string, string>;
  /** What is missing or must not go out, each at its place; while there is any, nothing is sent. */
  faults: ItacaError[];
}

/** Picture formats that mail programs show. */
const shown = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp']);

/** Reads attachments, pictures and layout of a campaign. What is wrong with them is told, not thrown. */
export async function campaignFiles(
  root: string,
  { path, data }: StoredRecord<Campaign>,
  bodies: Bodies,
): Promise<CampaignFiles> {
  const folder = campaignFolder(path);
  const faults: ItacaError[] = [];
  const hashes: Record<string, string> = {};
  const tell = (error: unknown, place: { path: string; line?: number }) => {
    if (!(error instanceof ItacaError)) throw error;
    faults.push(new ItacaError('refused', error.message, place));
  };
  const read = (
    name: string,
    use: 'attachment' | 'picture',
    place: { path: string; line?: number },
  ): ContentFile | undefined => {
    try {
      refuseOwn(name);
      const file = contentFile(root, folder, name);
      if (!file) throw new ItacaError('refused', `there is no "${name}" in the campaign’s folder`);
      hashes[`${use} ${file.path.slice(folder.length + 1)}`] = file.sha256;
      return file;
    } catch (error) {
      tell(error, place);
      return undefined;
    }
  };

  const attachments = [...new Set(data.attachments)].flatMap(
    (name) => read(name, 'attachment', { path }) ?? [],
  );
  const pictures = new Map<string, Map<string, ContentFile>>();
  for (const [language, body] of bodies) {
    const found = new Map<string, ContentFile>();
    for (const { name, line } of body.text.includes('![') ? await localPictures(body.text) : []) {
      const place = { path: body.path, line };
      const fault = pictureFault(name);
      if (fault) tell(new ItacaError('refused', fault), place);
      const file = fault ? undefined : read(fileName(name), 'picture', place);
      // One that is missing was told of; nothing is sent with it.
      found.set(name, file ?? { path: name, bytes: Buffer.alloc(0), sha256: '' });
    }
    pictures.set(language, found);
  }
  let layout: Layout = { html: '{{ body }}{{ footer }}', path: layoutPath };
  try {
    const own = readLayout(root);
    layout = own.layout;
    if (own.sha256 !== undefined) hashes.layout = own.sha256;
  } catch (error) {
    tell(error, { path: layoutPath });
  }
  return { layout, attachments, pictures, hashes, faults };
}

/** How much the files that go out with a body add to its message, in bytes. */
export function fileBytes({ attachments, pictures }: CampaignFiles, body: string): number {
  return [...attachments, ...new Set(pictures.get(body)?.values())].reduce(
    (sum, { bytes }) => sum + encodedBytes(bytes.length),
    0,
  );
}

/** What names the people of the audience does not go out to them. */
function refuseOwn(name: string): void {
  if (/^(?:\.\/)?(?:sends(?:\/|$)|campaign\.md$)/i.test(name))
    throw new ItacaError('refused', `"${name}" is a record of the campaign, which does not go out with it`);
  if (/[\x00-\x1f\x7f]/.test(name))
    throw new ItacaError('refused', 'the name of the file holds a control character');
}

function pictureFault(name: string): string | undefined {
  if (/\{\{|\{%/.test(name)) return `the name of the picture ${name} holds a merge tag`;
  if (shown.has(extname(fileName(name)).toLowerCase())) return undefined;
  return `"${name}" is no picture that mail programs show: take ${[...shown].join(', ')}`;
}

/** `my%20picture.png` as the file is called. */
function fileName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
