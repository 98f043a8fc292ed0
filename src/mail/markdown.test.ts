import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPictures, markdownTemplate } from './markdown.js';

describe('the pictures beside a body', () => {
  it('are those that lie in files, each once, with its line', async () => {
    const source = [
      'x.png is no picture, and `![no](code.png)` neither',
      '![a](x.png) ![b](<my pic.png> "title") ![again](x.png)',
      '![remote](https://a.example/x.png) ![inline](data:image/png;base64,AA) ![other](//a.example/y.png)',
      '![value]({{ contact.photo }}) ![half](img/{{ contact.id }}.png)',
      '![by reference][r]',
      '',
      '[r]: sub/y.jpg',
      '',
      '    ![no](block.png)',
    ].join('\n');
    expect(await localPictures(source)).toEqual([
      { name: 'x.png', line: 2 },
      { name: 'my pic.png', line: 2 },
      { name: 'img/{{ contact.id }}.png', line: 4 },
      { name: 'sub/y.jpg', line: 7 },
    ]);
  });

  it('are named by their Content-IDs in the page, and by their words in the text', async () => {
    const pictures = new Map([['my pic.png', 'abc@itaca']]);
    const { html, text } = await markdownTemplate('Hi ![A "lamp"](<my pic.png>) ![b](other.png)', pictures);
    expect(html).toBe(
      '<p>Hi <img src="cid:abc@itaca" alt="A &quot;lamp&quot;"> <img src="other.png" alt="b"></p>\n',
    );
    expect(text).toBe('Hi A "lamp" b');
  });

  it('are all found, wherever in a text they stand', async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9 _-]{0,8}[a-z0-9]\.png$/);
    const around = fc.constantFrom(
      '',
      '# ',
      '- ',
      '> ',
      '**bold** ',
      '| a |\n',
      '{{ contact.name }} ',
      '{% if x %}',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(around, name), { minLength: 1, maxLength: 5 }), async (list) => {
        const source = list.map(([before, file]) => `${before}![x](<${file}>)\n\n`).join('');
        const found = await localPictures(source);
        expect(new Set(found.map((one) => one.name))).toEqual(new Set(list.map(([, file]) => file)));
        const { html } = await markdownTemplate(source, new Map(found.map((one) => [one.name, 'cid@itaca'])));
        expect(html).not.toContain('.png');
      }),
      { numRuns: 50 },
    );
  });
});
