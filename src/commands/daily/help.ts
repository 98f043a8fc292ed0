import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { pages } from './help-pages.js';

export const run: Handler = async (cli, [topic]) => {
  const words = topic as string[];
  const topicName = words.join('-');
  if (topicName === 'sql') return cli.output.page((await import('./help-sql.js')).sqlPage());
  const page = pages[topicName];
  if (page !== undefined) return cli.output.page(page);
  const { topLevel } = await import('../index.js');
  if (words.length > 0 && !topLevel.some(({ name }) => name === words[0])) {
    throw new ItacaError('usage', `there is no help on "${words.join(' ')}"`, {
      hint: `pages: ${[...Object.keys(pages), 'sql'].join(', ')}; or a command`,
    });
  }
  const { main } = await import('../../main.js');
  await main([...words, '--help']);
};
