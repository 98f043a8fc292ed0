import type { ConsentInput } from '../../actions/consent/say-consent.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { say } from './say.js';

interface Options extends Omit<ConsentInput, 'who' | 'channel' | 'thirdParties'> {
  channel: string;
  thirdParties?: string;
}

export const run: Handler = async (cli, [who], given) => {
  const { channel, thirdParties, ...options } = given as unknown as Options;
  const { purposes = {} } = (await cli.workspace()).config;
  if (options.purpose === undefined) {
    throw new ItacaError('usage', 'a yes is to something: --purpose <purpose>', {
      hint: `the purposes of itaca.yaml are: ${Object.keys(purposes).join(', ')}`,
    });
  }
  await say(cli, 'given', {
    who: who as string,
    ...options,
    ...(channel === 'all' ? {} : { channel }),
    ...(thirdParties === undefined ? {} : { thirdParties: namesOf(thirdParties) }),
  });
};

function namesOf(text: string): true | string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0)
    throw new ItacaError('usage', '--third-parties names nobody', { hint: 'leave it out, or name them' });
  return names.length === 1 && names[0] === 'all' ? true : names;
}
