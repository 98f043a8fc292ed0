import { execFileSync } from 'node:child_process';

/** Runs once before all tests: the end-to-end tests are about what is built, never about an older build. */
export default function build(): void {
  execFileSync(process.execPath, ['build.js'], { stdio: 'inherit' });
}
