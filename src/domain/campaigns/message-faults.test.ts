import { describe, expect, it } from 'vitest';
import { type FinishedMessage, messageFaults } from './message-faults.js';

const wayOut = 'mailto:out@example.it?subject=unsubscribe%20t&x=1';
const out = '<a href="mailto:out@example.it?subject=unsubscribe%20t&amp;x=1">Unsubscribe</a>';

function faults(body: string, more: Partial<FinishedMessage> = {}) {
  const html = `<html><body>${body}${out}</body></html>`;
  return messageFaults({
    subject: 'Hello',
    text: `Hello ${wayOut}`,
    html,
    wayOut,
    fileBytes: 0,
    ...more,
  }).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('a finished message', () => {
  it('that is well is let through', () => {
    const body = '<p>Hi <a href="https://a.example/">there</a><img src="cid:x@itaca" alt="x"></p>';
    expect(faults(body)).toEqual([]);
  });

  it.each([
    ['<a href="javascript:x">a</a>', 'error: a javascript: link does not belong in a mail: javascript:x'],
    ['<a href="">a</a>', 'warning: a link leads nowhere'],
    ['<script>x</script>', 'error: <script> does not belong in a mail: mail programs take it out'],
    ['<p onclick="x">a</p>', 'warning: mail programs take onclick= out'],
    ['<img src="a.png">', 'error: the picture a.png is not sent along: write ![…](picture.png) in Markdown'],
    [
      '<img src="https://a.example/a.png">',
      'warning: https://a.example/a.png is loaded from elsewhere, which many mail programs prevent',
    ],
    [
      '<p style="background:url(https://a.example/b)">a</p>',
      'warning: https://a.example/b is loaded from elsewhere, which many mail programs prevent',
    ],
  ])('with %s', (body, fault) => expect(faults(body)).toEqual([fault]));

  it('tells the same thing once', () => {
    expect(faults('<a href="">a</a><a href="">b</a>')).toHaveLength(1);
  });

  it('needs a subject, and a way out that everybody sees', () => {
    expect(faults('', { subject: ' ' })).toEqual(['error: the subject is empty']);
    const none = ['error: the message shows no way out: write {{ unsubscribe }} where everybody sees it'];
    expect(faults('', { text: 'Hello' })).toEqual(none);
    expect(faults('', { html: `<!-- ${out} -->` })).toEqual(none);
    expect(faults('', { wayOut: 'mailto:other@example.it' })).toEqual(none);
  });

  it('may be so large', () => {
    expect(faults('x'.repeat(100 * 1024))[0]).toMatch(/^warning: the HTML is 101 KB/);
    expect(faults('', { fileBytes: 10 * 1024 * 1024 })[0]).toMatch(/^error: the message is 10.0 MB/);
    expect(faults('', { fileBytes: 9 * 1024 * 1024 })).toEqual([]);
  });
});
