import type { ConsentInput } from '../../actions/consent/say-consent.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { say } from './say.js';

export const run: Handler = (cli, [who], options) => {
  const input = options as Omit<ConsentInput, 'who'>;
  if (input.purpose === undefined) {
    throw new ItacaError('usage', 'say what he refuses: --purpose <purpose>', {
      hint: 'who wants no more of anything: itaca consent withdraw, or itaca suppress add',
    });
  }
  return say(cli, 'refused', { ...input, who: who as string });
};
