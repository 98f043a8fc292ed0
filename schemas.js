// Writes templates/schemas/ from the schemas in the code: npm run schemas, whenever one of them changes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: ['src/domain/records/json-schemas.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  external: ['date-holidays'],
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { jsonSchemas } = await import(`data:text/javascript;base64,${code}`);
mkdirSync('templates/schemas', { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas()))
  writeFileSync(`templates/schemas/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
