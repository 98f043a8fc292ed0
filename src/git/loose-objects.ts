import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { GitObject } from './objects.js';

/** Writes objects as git does (gitformat-loose). Until a ref leads to them, they are nothing. */
export class LooseObjects {
  #count = 0;

  /** @param folder git's `objects` */
  constructor(
    private readonly folder: string,
    private readonly format: 'sha1' | 'sha256',
  ) {}

  /** @returns the object's id */
  write({ type, bytes }: GitObject): string {
    const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
    const id = createHash(this.format).update(whole).digest('hex');
    const place = join(this.folder, id.slice(0, 2));
    const file = join(place, id.slice(2));
    if (existsSync(file)) return id;
    mkdirSync(place, { recursive: true });
    const scratch = join(place, `tmp_obj_${process.pid}_${this.#count++}`);
    writeFileSync(scratch, deflateSync(whole, { level: 1 }), { mode: 0o444 });
    renameSync(scratch, file);
    return id;
  }
}
