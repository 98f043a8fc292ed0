import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readIntent } from '../../domain/inbox/intent/read-intent.js';
import { openIntentReader } from './intent-reader.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'itaca-words-'));
  mkdirSync(join(root, 'inbox/words'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const own = (text: string) => writeFileSync(join(root, 'inbox/words/it.yaml'), text);
const intent = (text: string, taught: Parameters<typeof openIntentReader>[1] = []) =>
  readIntent({ subject: '', text, isReply: false }, openIntentReader(root, taught)).intent;

describe('the words of a workspace', () => {
  it('are added to those of the program', () => {
    expect(intent('Vi ordiniamo 3 copie')).toBe('order');
    expect(intent('Vorremmo sgranchire i gatti')).not.toBe('order');
    own('language: it\norder:\n  strong:\n    - sgranchire i gatti\n');
    expect(intent('Vorremmo sgranchire i gatti')).toBe('order');
    expect(intent('Vi ordiniamo 3 copie')).toBe('order');
  });

  it('are refused with the line where they are broken', () => {
    own('language: it\norder:\n  strong:\n    - sgranchire i gatti\n    - _ _\n');
    expect(() => openIntentReader(root)).toThrow(
      expect.objectContaining({ code: 'invalid', path: 'inbox/words/it.yaml', line: 5 }),
    );
    own('language: it\nordre:\n  strong: []\n');
    expect(() => openIntentReader(root)).toThrow('ordre');
    own('order: [');
    expect(() => openIntentReader(root)).toThrow('broken YAML');
  });

  it('are joined by what people taught', () => {
    const text = 'il drone del vicino ronza sopra il tetto ogni sera';
    const taught = ['stasera', 'ieri', 'di nuovo', 'anche oggi'].map((when) => ({
      text: `${when} il drone del vicino ronza sopra il tetto`,
      intent: 'complaint' as const,
    }));
    expect(intent(text)).toBeUndefined();
    expect(intent(text, taught)).toBe('complaint');
  });
});
