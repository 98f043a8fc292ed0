import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { slug } from '../../domain/records/ids.js';
import type { CardPhoto } from '../../domain/vcard/read-card.js';
import { insideWorkspace, writeFileAtomic } from '../../workspace/files.js';
import type { Attachment } from '../attach.js';
import type { Tools } from '../tools.js';

const extensions: Record<string, string> = {
  'image/jpeg': '.jpg',
  'image/jpg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
};

/** Pictures out of cards, each to lie once under `attachments/photos/`. Nothing is written before `keep` is called. */
export class CardPhotos {
  private readonly files = new Map<string, Buffer>();

  /** @returns how a record names the picture; undefined for what is none */
  add({ mediaType, base64 }: CardPhoto, name: string): Attachment | undefined {
    const extension = extensions[mediaType.toLowerCase()];
    if (extension === undefined || !/^[\w+/-]+={0,2}$/.test(base64)) return undefined;
    const bytes = Buffer.from(base64, 'base64');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = `attachments/photos/${slug(name, 'photo')}-${sha256.slice(0, 8)}${extension}`;
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
