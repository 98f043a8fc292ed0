import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files that came with the program: `bin/`, `templates/` and `examples/` lie beside the bundle's folder. */
export function packaged(...path: string[]): string {
  for (let folder = fileURLToPath(new URL('.', import.meta.url)); ; folder = resolve(folder, '..')) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'templates')))
      return join(folder, ...path);
    if (folder === resolve(folder, '..')) throw new Error('the program’s templates are missing');
  }
}
