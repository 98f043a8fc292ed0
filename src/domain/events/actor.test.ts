import { describe, expect, it } from 'vitest';
import { type Actor, actorOf, type Click, judgedClicks } from './actor.js';

const browser =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

describe('who opened or clicked', () => {
  it.each([
    ['opened', browser, 'person'],
    ['opened', 'Mozilla/5.0', 'proxy'],
    ['clicked', 'Mozilla/5.0', 'scanner'],
    [
      'opened',
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      'proxy',
    ],
    ['opened', 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html', 'proxy'],
    ['clicked', 'BarracudaCentral', 'scanner'],
    ['clicked', `${browser} Mimecast`, 'scanner'],
    ['clicked', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'bot'],
    ['clicked', 'python-requests/2.32', 'bot'],
    ['clicked', undefined, 'unknown'],
  ] as const)('%s by %s: %s', (event, agent, expected) => {
    expect(actorOf({ event, ...(agent === undefined ? {} : { agent }) })).toBe(expected);
  });

  it('is what the source says, where it says so', () => {
    expect(actorOf({ event: 'opened', agent: browser, machine: 'proxy' })).toBe('proxy');
  });

  const click = (at: number, url: string, actor: Actor = 'person'): Click => ({ at: at * 1000, url, actor });
  const actors = (clicks: Click[], delivered: number[] = []) =>
    judgedClicks(
      clicks,
      delivered.map((at) => at * 1000),
    ).map(({ actor }) => actor);

  it('is a scanner within seconds of the delivery, and a person later', () => {
    expect(actors([click(103, 'a'), click(700, 'a')], [100])).toEqual(['scanner', 'person']);
    expect(actors([click(99, 'a')], [100])).toEqual(['person']);
  });

  it('is a scanner where it follows many links at once', () => {
    const quick = [click(900, 'a'), click(901, 'b'), click(902, 'c'), click(1800, 'b')];
    expect(actors(quick)).toEqual(['scanner', 'scanner', 'scanner', 'person']);
    expect(actors([click(900, 'a'), click(901, 'a'), click(902, 'a')])).toEqual([
      'person',
      'person',
      'person',
    ]);
    expect(actors([click(900, 'a'), click(904, 'b'), click(908, 'c')])).toEqual([
      'person',
      'person',
      'person',
    ]);
    expect(actors([click(900, 'a', 'bot'), click(901, 'b'), click(902, 'c')])[0]).toBe('bot');
  });

  it('is told of very many clicks without delay', () => {
    const many = Array.from({ length: 200_000 }, (_, i) => click(900, `u${i % 5}`));
    expect(new Set(actors(many))).toEqual(new Set(['scanner']));
  });
});
