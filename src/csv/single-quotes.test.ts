import { describe, expect, it } from 'vitest';
import { withDoubleQuotes } from './single-quotes.js';

const turned = (text: string) => withDoubleQuotes(Buffer.from(text)).toString();

describe('a file that quotes with single quotation marks', () => {
  it('is turned into one that quotes with double ones, line by line', () => {
    expect(turned("id,name\n1,'art\\'s, the \"deli\"'\n2,'bel-air'\n3, 'x\\\\y'\n4,plain\n")).toBe(
      'id,name\n1,"art\'s, the ""deli"""\n2,"bel-air"\n3, "x\\y"\n4,plain\n',
    );
  });

  it.each([
    ['double quotation marks', 'id,name\n1,"art\'s"\n2,"x"\n3,"y"\n'],
    ['apostrophes', "id,name\n1,'t Hooft\n2,O'Brien\n3,D'Amico\n"],
    ['a label in single ones', "name,class\nart's,'0'\nx,'1'\ny,'2'\n"],
    ['nothing', ''],
  ])('is not one with %s', (_, text) => expect(turned(text)).toBe(text));
});
