import { ItacaError } from '../domain/error.js';

/** The page around the HTML of every message. */
export interface Layout {
  /**
   * HTML with Liquid tags: the same as in a body, and `{{ language }}` and `{{ subject }}`. `{{ body }}` and
   * `{{ footer }}` are the places of the text, and of what the law asks for.
   */
  html: string;
  /** Its file, for errors. */
  path: string;
}

const slot = /\{\{-?\s*(body|footer)\s*-?\}\}/g;

/**
 * Puts the text of a message into the page.
 * @param body HTML with Liquid tags
 * @param footer the same; empty where the body says it all
 * @returns HTML with Liquid tags
 * @throws ItacaError `invalid` for a layout that has no place for the one or the other, or more than one
 */
export function fillLayout({ html, path }: Layout, body: string, footer: string): string {
  for (const name of ['body', 'footer']) {
    const places = [...html.matchAll(slot)].filter(([, found]) => found === name).length;
    if (places === 1) continue;
    throw new ItacaError('invalid', `the layout has ${places === 0 ? 'no' : 'more than one'} {{ ${name} }}`, {
      path,
      hint: `write {{ ${name} }} once, where the ${name} of the message goes`,
    });
  }
  const shown = footer === '' ? '' : `<div class="footer">\n${footer}</div>`;
  return html.replace(slot, (_, name: string) => (name === 'body' ? body : shown));
}
