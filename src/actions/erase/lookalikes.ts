import { slug } from '../../domain/records/ids.js';
import { kindOfPath } from '../../domain/records/kind-names.js';
import type { Repository } from '../../git/repository.js';
import { git } from '../../git/run.js';
import { isMail, mailTexts, redactMail } from '../../mail/redact/redact-mail.js';
import { attachmentsOf, frontMatter, type Learned } from './learn.js';

/** Why something is to be looked at that carries the family name alone. */
export const carriesName = 'it carries the family name';

/** A place that somebody has to look at himself. */
export interface ToLookAt {
  /** A file, a record's, or what git calls a branch or a tag. */
  path: string;
  why: string;
}

/** A file that stays, as it was and as it is to be. */
export interface Staying {
  path: string;
  before: Buffer;
  after: Buffer;
}

/** Tells, file by file, what stays and may tell of the person, so that somebody looks at it. */
export class Lookalikes {
  readonly #family: RegExp | undefined;
  readonly #beside = new Map<string, string>();
  readonly #unread = new Set<string>();

  constructor(private readonly learned: Learned) {
    const forms = learned.person.families.flatMap((name) => [name.normalize('NFC'), slug(name, '')]);
    const words = [...new Set(forms)]
      .filter(Boolean)
      .map((one) => one.replace(/[^\p{L}\p{N}\p{M}]+/gu, '[^\\p{L}\\p{N}]{1,3}'));
    this.#family =
      words.length === 0
        ? undefined
        : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
  }

  /** What is to be looked at in a file. Contacts of the same name are people of their own. */
  in({ path, before, after }: Staying): ToLookAt[] {
    const kind = kindOfPath(path);
    const changed = before !== after;
    const isUnread = !isText(after) && !isMail(after);
    if (isUnread && path.startsWith('attachments/')) this.#unread.add(path);
    const parts = changed && isMail(after) ? redactMail(after, (text) => text).unread : [];
    const found = parts.map((part) => ({ path, why: `${part} in it cannot be read here` }));
    if (isUnread && this.#names(after))
      found.push({ path, why: 'it names the person, and is no text in UTF-8' });
    if (kind && changed)
      for (const file of attachmentsOf(path, after.toString())) this.#beside.set(file, path);
    if (kind === 'contact' || !this.#family) return found;
    const named =
      this.#family.test(path) ||
      (kind ? this.#saysSo(path, after.toString(), changed) : changed && this.carries(after));
    return named ? [...found, { path, why: carriesName }] : found;
  }

  /** Whether a text or a message says the family name. */
  carries(bytes: Buffer): boolean {
    const texts = isMail(bytes) ? mailTexts(bytes) : [bytes.toString()];
    return texts.some((text) => this.#family?.test(text));
  }

  /** Files that are no text, beside records out of which the person was taken. Call it when all files were seen. */
  beside(): ToLookAt[] {
    return [...this.#beside].flatMap(([path, record]) =>
      this.#unread.has(path) ? [{ path, why: `it lies beside ${record}, and cannot be read here` }] : [],
    );
  }

  /** Branches and tags, which keep their names. */
  async refs({ root }: Repository): Promise<ToLookAt[]> {
    const { stdout } = await git(root, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/tags']);
    return stdout
      .split('\n')
      .filter((name) => this.#family?.test(name) || this.learned.redactor.redact(name) !== name)
      .map((path) => ({ path, why: 'git calls it after the person' }));
  }

  /** Whether he is to be read in what is no text, or text of another character set. */
  #names(bytes: Buffer): boolean {
    const texts = ['windows-1252', 'utf-16le'].map((set) => new TextDecoder(set).decode(bytes));
    return texts.some((text) => this.learned.redactor.redact(text) !== text);
  }

  /** Whether a record that he was in says the name, or the title of another one does. */
  #saysSo(path: string, text: string, changed: boolean): boolean {
    if (!this.#family?.test(text)) return false;
    const { name, title, subject } = frontMatter(path, text) ?? {};
    return changed || this.#family.test([name, title, subject].join('\n'));
  }
}

function isText(bytes: Buffer): boolean {
  return !bytes.includes(0) && Buffer.from(bytes.toString()).equals(bytes);
}
