import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { slug } from '../../domain/records/ids.js';
import type { CardPhoto } from '../../domain/vcard/read-card.js';
import { insideWorkspace, writeFileAtomic } from '../../workspace/files.js';
import type { Attachment } from '../attach.js';
import type { Tools } from '../tools.js';

const folder = 'attachments/photos/';
const extensions: Record<string, string> = {
  'image/jpeg': '.jpg',
  'image/jpg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
};

/** The picture that came in a person's card and was kept; undefined where there is none. */
export function keptPhoto(root: string, attachments: unknown): CardPhoto | undefined {
  for (const { path } of (Array.isArray(attachments) ? attachments : []) as { path?: unknown }[]) {
    if (typeof path !== 'string' || !path.startsWith(folder)) continue;
    const mediaType = Object.keys(extensions).find((type) => path.endsWith(extensions[type]!));
    const file = insideWorkspace(root, path);
    if (mediaType !== undefined && existsSync(file))
      return { mediaType, base64: readFileSync(file).toString('base64') };
  }
  return undefined;
}

/** Pictures out of cards, each to lie once under `attachments/photos/`. Nothing is written before `keep` is called. */
export class CardPhotos {
  private readonly files = new Map<string, Buffer>();

  /** @returns how a record names the picture; undefined for what is none */
  add({ mediaType, base64 }: CardPhoto, name: string): Attachment | undefined {
    const extension = extensions[mediaType.toLowerCase()];
    if (extension === undefined || !/^[\w+/-]+={0,2}$/.test(base64)) return undefined;
    const bytes = Buffer.from(base64, 'base64');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = `${folder}${slug(name, 'photo')}-${sha256.slice(0, 8)}${extension}`;
    this.files.set(path, bytes);
    return { path, sha256 };
  }

  /** Puts the pictures there, and gives their paths for the commit. Call it while holding the workspace's lock. */
  keep({ dryRun, workspace }: Tools): string[] {
    for (const [path, bytes] of this.files) {
      if (!dryRun && !existsSync(insideWorkspace(workspace.root, path)))
        writeFileAtomic(workspace.root, path, bytes);
    }
    return [...this.files.keys()];
  }
}
