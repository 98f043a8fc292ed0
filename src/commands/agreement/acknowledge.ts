import {
  type AcknowledgeInput,
  acknowledgeAgreement,
} from '../../actions/agreements/acknowledge-agreement.js';
import type { Handler } from '../../cli/spec.js';
import { takeStep, wordsOf } from './step.js';

export const run: Handler = async (cli, [which, words], options) => {
  const input = {
    ...(options as Omit<AcknowledgeInput, 'text'>),
    ...(await wordsOf(words as string | undefined)),
  };
  await takeStep(cli, (tools) => acknowledgeAgreement(which as string, input, tools), 'acknowledged');
};
