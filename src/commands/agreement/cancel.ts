import { type CancelInput, cancelAgreement } from '../../actions/agreements/cancel-agreement.js';
import type { Handler } from '../../cli/spec.js';
import { takeStep, wordsOf } from './step.js';

export const run: Handler = async (cli, [which, words], options) => {
  const input = {
    ...(options as Omit<CancelInput, 'text'>),
    ...(await wordsOf(words as string | undefined)),
  };
  await takeStep(cli, (tools) => cancelAgreement(which as string, input, tools), 'cancellation on file');
};
