import { describe, expect, it } from 'vitest';
import { parseRecord } from '../codec/parse.js';
import { mergeFile } from './merge-file.js';

const path = 'contacts/mario-rossi-k3f9w2q8ab.md';
const base = `---
name: Mario Rossi
title: 'Clerk'   # since 2020
emails: [mario@example.it]
tags:
  - fiera # hall 3
minutes_x: 5
---

First line.
`;
const change = (...pairs: [string, string][]) =>
  pairs.reduce((text, [piece, instead]) => {
    expect(text).toContain(piece);
    return text.replace(piece, instead);
  }, base);

describe('merging files of records', () => {
  it('joins changes of neighbouring lines, which git cannot', () => {
    const ours = change(["'Clerk'", "'Boss'"], ['- fiera # hall 3', '- fiera # hall 3\n  - vip']);
    const theirs = change(['[mario@example.it]', '[mario@example.it, m@example.it]']);
    const { text, conflicts } = mergeFile(path, { base, ours, theirs });
    expect(conflicts).toEqual([]);
    expect(text).toBe(ours.replace('[mario@example.it]', '[mario@example.it, m@example.it]'));
  });

  it('keeps the comments of both sides where lines can be merged', () => {
    const ours = change(['Mario Rossi', 'Mario Rossi # calls himself Mariolino']);
    const theirs = change(['minutes_x: 5', 'minutes_x: 6 # by hand']);
    expect(mergeFile(path, { base, ours, theirs })).toEqual({
      text: ours.replace('minutes_x: 5', 'minutes_x: 6 # by hand'),
      conflicts: [],
    });
  });

  it('marks just the lines of a conflict, and merges the rest', () => {
    const ours = change(["'Clerk'", "'Boss'"], ['First line.', 'First line.\nOurs.']);
    const theirs = change(["'Clerk'", 'Chief'], ['- fiera # hall 3', '- fiera # hall 3\n  - vip']);
    const { text, conflicts } = mergeFile(path, { base, ours, theirs });
    expect(conflicts).toEqual(['title']);
    expect(text).toBe(`---
name: Mario Rossi
<<<<<<< ours
title: 'Boss'   # since 2020
=======
title: 'Chief'   # since 2020
>>>>>>> theirs
emails: [mario@example.it]
tags:
  - fiera # hall 3
  - vip
minutes_x: 5
---

First line.
Ours.
`);
    expect(() => parseRecord(text, path, () => true)).toThrow('merge-conflict markers');
  });

  it('marks a key that one side took away and the other changed, a nested one, and a note', () => {
    const before = '---\nname: A\ntitle: Clerk\nidentifiers:\n  member: "1"\n---\n\nx\ny\nz\n';
    const ours = '---\nname: A\nidentifiers:\n  member: "2"\n---\n\nx\nours\nz\n';
    const theirs = '---\nname: A\ntitle: Boss\nidentifiers:\n  member: "3"\n---\n\nx\ntheirs\nz\n';
    const { text, conflicts } = mergeFile(path, { base: before, ours, theirs });
    expect(conflicts.sort()).toEqual(['identifiers.member', 'note', 'title']);
    expect(text).toBe(
      '---\nname: A\n<<<<<<< ours\n=======\ntitle: Boss\n>>>>>>> theirs\nidentifiers:\n' +
        '<<<<<<< ours\n  member: "2"\n=======\n  member: "3"\n>>>>>>> theirs\n---\n\n' +
        'x\n<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\nz\n',
    );
  });

  it('keeps the line ends of ours', () => {
    const ours = change(["'Clerk'", "'Boss'"]).replace(/\n/g, '\r\n');
    const theirs = change(['First line.', 'First line.\nSecond.']);
    const { text, conflicts } = mergeFile(path, { base, ours, theirs });
    expect(conflicts).toEqual([]);
    expect(text).toBe(
      change(["'Clerk'", "'Boss'"], ['First line.', 'First line.\nSecond.']).replace(/\n/g, '\r\n'),
    );
  });

  it('merges by lines what it cannot read', () => {
    const broken = base.replace('name: Mario Rossi', 'name: [');
    const merged = mergeFile(path, { base, ours: broken, theirs: change(['First', 'The first']) });
    expect(merged).toEqual({ text: broken.replace('First', 'The first'), conflicts: [] });
  });

  it('merges settings key by key', () => {
    const before = 'version: 1\nmembers:\n  anna:\n    name: Anna\n';
    const { text, conflicts } = mergeFile('itaca.yaml', {
      base: before,
      ours: `${before}  bob:\n    name: Bob\n`,
      theirs: `${before}  carla:\n    name: Carla\n`,
    });
    expect(conflicts).toEqual([]);
    expect(text).toBe(`${before}  bob:\n    name: Bob\n  carla:\n    name: Carla\n`);
  });

  it('never joins two bodies of a letter at one place', () => {
    const { text, conflicts } = mergeFile('campaigns/news-k3f9w2q8ab/body.md', {
      base: 'Dear\n',
      ours: 'Dear\nours\n',
      theirs: 'Dear\ntheirs\n',
    });
    expect(conflicts).toEqual(['text']);
    expect(text).toBe('Dear\n<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\n');
  });
});
