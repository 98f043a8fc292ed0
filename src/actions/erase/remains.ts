import { namesAny } from '../../domain/erasure/bare-references.js';
import { eachObject } from '../../git/each-object.js';
import { isMail, redactMail } from '../../mail/redact/redact-mail.js';
import type { Learned } from './learn.js';

/** Objects of git in which a person is still named. */
export interface Remains {
  /** How many objects were looked at. */
  objects: number;
  /** Ids of those that hold an address, a number, or the full name of the person. */
  found: string[];
}

/** Looks through every object that git holds, whatever leads to it; messages with their encodings undone. */
export async function remainsOf(root: string, learned: readonly Learned[]): Promise<Remains> {
  const remains: Remains = { objects: 0, found: [] };
  for await (const { id, type, bytes } of eachObject(root)) {
    remains.objects++;
    const text = bytes.toString();
    const isMessage = type === 'blob' && isMail(bytes);
    const names = learned.some(({ redactor, rules, eraser }) => {
      if (redactor.redact(text) !== text) return true;
      if (isMessage && redactMail(bytes, redactor.redact).bytes !== bytes) return true;
      return type !== 'tree' && namesAny(text, rules.person.contacts) && eraser.text(text) !== text;
    });
    if (names) remains.found.push(id);
  }
  return remains;
}
