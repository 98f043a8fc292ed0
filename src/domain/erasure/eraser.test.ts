import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Eraser } from './eraser.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const his = 'attachments/mail/2026/11/his.eml';

describe('files without a person', () => {
  const eraser = new Eraser({
    person: { contacts: new Set(), emails: [], phones: [], names: [], families: [], places: [], reached: [] },
    removed: new Set(),
    bare: new Set(),
    messages: new Set(),
    files: new Set([his]),
    redact: (text) => text.replaceAll('Mario Rossi', '(erased)').replaceAll('his@x', '(erased)'),
    pseudonym: () => undefined,
    goes: () => false,
    mail: (bytes, redact) =>
      bytes.includes('From:') ? Buffer.from(redact(bytes.toString('latin1')), 'latin1') : undefined,
  });

  it('are named by the hash that they have then, and no more where they are gone', () => {
    const [mail, note] = ['From: a\n\n\xe8 Mario Rossi', 'Mario Rossi'];
    eraser.learnFile('attachments/a.eml', Buffer.from(mail, 'latin1'));
    eraser.learnFile('attachments/b.txt', Buffer.from(note));
    expect(eraser.file('attachments/a.eml', Buffer.from(mail, 'latin1'))?.bytes.toString('latin1')).toBe(
      'From: a\n\n\xe8 (erased)',
    );
    const mailHash = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');
    const record = (a: string, b: string, path: string, answer: string) =>
      Buffer.from(`---\n${answer}attachments:\n  - {path: ${path}, sha256: ${a}}\n  - sha256: ${b}\n---\n`);
    const after = eraser.file(
      'interactions/2026/11/x-4hqw7d1zta.md',
      record(mailHash(mail), sha256(note), his, 'in_reply_to: <his@x>\n'),
    );
    expect(after?.bytes.toString()).toBe(
      record(mailHash('From: a\n\n\xe8 (erased)'), sha256('(erased)'), 'erased', '').toString(),
    );
    expect(eraser.file(his, Buffer.from(''))).toBe(null);
  });
});
