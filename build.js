// Bundles src/ into dist/ with code splitting, so that a command loads only the modules it uses.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const workers = readdirSync('src', { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.worker.ts'))
  .map((file) => `src/${file}`);

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts', ...workers],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // The ES modules of a package where it has them: they split, and leave out what is not used.
  mainFields: ['module', 'main'],
  target: 'node20.17',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: false,
  // libsql finds its prebuilt binary at run time.
  external: ['libsql'],
  // Bundled CommonJS packages ask for Node's own modules through require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});

// The pages of `itaca --help` and `itaca --version`, printed by the program itself, for the launcher to show as they are.
for (const page of ['help', 'version']) {
  const run = `import { main } from './dist/main.js'; await main(['--${page}']);`;
  writeFileSync(
    `dist/${page}.txt`,
    execFileSync(process.execPath, ['--input-type=module', '-e', run], {
      env: { ...process.env, NO_COLOR: '1' },
    }),
  );
}
