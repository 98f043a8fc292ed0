import { describe, expect, it } from 'vitest';
import { htmlText } from './html-text.js';

describe('what a style hides', () => {
  it.each([
    ['<div style="display:none">unsubscribe me</div>Hello', 'Hello'],
    ['<div style="display: block; DISPLAY : None ! important">x</div>Hello', 'Hello'],
    ['<div style="display:none!important;display:block">x</div>Hello', 'Hello'],
    ['<div style="display:none;display:block">Seen</div>Hello', 'Seen\nHello'],
    ['<span style="visibility:hidden">x</span>Hello', 'Hello'],
    ['<span style="mso-hide:all">x</span>Hello', 'Hello'],
    ['<span style="/* a:b; */font-size:0px">x</span>Hello', 'Hello'],
    ['<span style="font:0/0 a">x</span>Hello', 'Hello'],
    ['<span style="font-size:0.0em">x</span>Hello', 'Hello'],
    ['<span style="opacity:0">x</span>Hello', 'Hello'],
    ['<span style="opacity:0.9;font-size:0.8em;height:0.5em;overflow:hidden">Seen</span>', 'Seen'],
    ['<div style="max-height:0;overflow:hidden">x</div>Hello', 'Hello'],
    ['<div style="width:0px;overflow:hidden">x</div>Hello', 'Hello'],
    ['<div style="max-height:0">Seen</div>', 'Seen'],
    ['<p hidden>x</p>Hello', 'Hello'],
    ['<p HIDDEN="until-found">x</p>Hello', 'Hello'],
    ['<img style="display:none" alt="x">Hello', 'Hello'],
    ['<br style="display:none">Hello', 'Hello'],
    ['<div hidden>a<div>b</div>c<br>d</div>Hello', 'Hello'],
    ['<div hidden>a<p>b</div>Hello', 'Hello'],
    ['<p>One<div hidden>a</p>b</div><div>Two</div>', 'One\nTwo'],
  ])('%s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('is seen again where a size is set within a text of no size, as the frames of newsletters do', () => {
    const cell = '<td style="font-size:0px">x<div style="font-size:13px">One<div>Two</div></div>y</td>';
    expect(htmlText(`<table><tr>${cell}<td>Three</td></tr></table>`)).toBe('One\nTwo\nThree');
    expect(htmlText('<div style="font-size:0"><b style="font-size:150%">x</b></div>Hello')).toBe('Hello');
    expect(htmlText('<div hidden><b style="font-size:12pt">x</b></div>Hello')).toBe('Hello');
  });

  it.each([
    ['<p hidden>x<p>Hello', 'Hello'],
    ['<ul><li hidden>x<ul><li>y</ul><li>Hello</ul>', '* Hello'],
    ['<table><tr><td hidden>x<td>Hello</table>', 'Hello'],
    ['<table><tr hidden><td>x<td>y<tr><td>Hello</table>', 'Hello'],
    ['<table><tr><td><div hidden>x</td><td>Hello</td></tr></table>', 'Hello'],
    ['<table><tr><td><div hidden>x</table>Hello', 'Hello'],
    ['<div><p><span hidden>x</p>Hello</div>', 'Hello'],
    ['<head><title>x</title><body>Hello', 'Hello'],
    ['<table><tr><td style="font-size:0"><div style="font-size:9px"><b hidden>x</tr></table>Hello', 'Hello'],
  ])('hides no more than that where an end is left out: %s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it.each([
    ['the same within itself', '<div hidden>'],
    ['by turns', '<div style="font-size:0"><div style="font-size:1px">'],
    ['left open in cells', '<table><tr><td><div hidden>x</td>'],
    ['a style without end', '<div style="/*;display:none;/*">'],
    ['ends of nothing', '<div hidden></p></td></table>'],
  ])('takes time with the length alone: %s', (_what, piece) => {
    const started = process.cpuUsage();
    htmlText(piece.repeat(Math.ceil(5_000_000 / piece.length)));
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(20);
  });
});
