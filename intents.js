// Writes templates/inbox/model.json from the labelled messages: npm run intents, whenever they change. Those set aside
// to measure with are left out.
import { readFileSync, writeFileSync } from 'node:fs';
import { bundled } from './bench/bundled.js';

const { trainIntents } = await bundled('src/domain/inbox/intent/model.ts');
const { replyText } = await bundled('src/domain/inbox/reply/reply-text.ts');
const examples = ['messages', 'strangers']
  .flatMap((name) =>
    readFileSync(`src/domain/inbox/intent/fixtures/${name}.jsonl`, 'utf8').trim().split('\n'),
  )
  .map((line) => JSON.parse(line))
  .filter(({ held, intent }) => !held && intent !== null)
  .map(({ subject, text, reply, intent }) => ({
    text: [reply ? '' : (subject ?? ''), replyText(text)].filter(Boolean).join('\n\n'),
    intent,
  }));
const { messages, features } = trainIntents(examples);
const rows = Object.entries(features).map(
  ([feature, row]) => `${JSON.stringify(feature)}:${JSON.stringify(row)}`,
);
writeFileSync(
  'templates/inbox/model.json',
  `{"messages":${JSON.stringify(messages)},"features":{\n${rows.join(',\n')}\n}}\n`,
);
