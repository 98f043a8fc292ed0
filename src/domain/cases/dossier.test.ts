import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { type Dossier, dossierMarkdown } from './dossier.js';

const entry = (some: object = {}): Dossier['entries'][number] => ({
  at: '2026-11-20T10:00:00Z',
  what: 'email from the customer',
  by: 'anna',
  text: '',
  attachments: [],
  ref: 'x-k3f9w2q8ab',
  ...some,
});
const document = (some: object = {}): Dossier => ({
  title: 'Broken',
  ref: 'broken-k3f9w2q8ab',
  facts: [['state', 'open']],
  entries: [entry()],
  ...some,
});

describe('a dossier', () => {
  it('says when, what, who, and where it is on file', () => {
    const attachments = [{ path: 'attachments/a.pdf', sha256: 'ab'.repeat(32) }];
    const text = dossierMarkdown(document({ entries: [entry({ text: 'One\r\n\r\nTwo', attachments })] }));
    expect(text).toContain('# Broken\n\n`broken-k3f9w2q8ab`\n');
    expect(text).toContain('| state | open |');
    expect(text).toContain('## 2026-11-20 10:00 · email from the customer\n\nanna, `x-k3f9w2q8ab`\n');
    expect(text).toContain('\n> One\n>\n> Two\n');
    expect(text).toContain(`\`attachments/a.pdf\`, SHA-256 \`${'ab'.repeat(32)}\``);
  });

  it('is not changed by what others wrote', () => {
    const evil = 'a\r# Forged\n## 2026-01-01\n</blockquote><h1>x</h1><script>\n```\n- [x] y\u2028# z';
    const html = marked.parse(
      dossierMarkdown(
        document({
          title: '# x\n# y <b>',
          facts: [['state', 'open | closed\n| x | y |']],
          entries: [
            entry({
              text: evil,
              what: '`a`\n# b',
              attachments: [{ path: 'a`\n# c', sha256: null }],
              ref: 'a`b\n# d',
            }),
            entry({ text: 'last' }),
          ],
        }),
      ),
    ) as string;
    const outside = html.replace(/<blockquote>[\s\S]*?<\/blockquote>/g, '');
    expect(outside.match(/<h1/g)).toHaveLength(1);
    expect(outside.match(/<h2/g)).toHaveLength(2);
    expect(html).not.toMatch(/<script|<\/blockquote><h1>|<b>/);
    expect(html.match(/<blockquote>/g)).toHaveLength(2);
    expect(html.match(/<tr>/g)).toHaveLength(2);
  });

  it('has one heading for each entry whatever was said', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (texts) => {
        const text = dossierMarkdown(
          document({ entries: texts.map((one) => entry({ text: one, what: one })) }),
        );
        const lines = text.split(/\r\n?|\n/);
        expect(lines.filter((line) => line.startsWith('## '))).toHaveLength(texts.length);
        expect(lines.filter((line) => line.startsWith('# '))).toHaveLength(1);
      }),
    );
  });
});
