import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface GitResult {
  code: number;
  stdout: string;
  stderr: string;
}

type Input = string | Buffer | Readable;

/**
 * Runs git with arguments as they are (no shell).
 * @param input written to its standard input
 * @param signal ends git early; then the promise is rejected
 * @returns the exit code and what it printed; 127 where git is not installed
 */
export async function git(
  cwd: string,
  args: string[],
  input?: Input,
  signal?: AbortSignal,
): Promise<GitResult> {
  const { stdout, ...result } = await gitBytes(cwd, args, input, signal);
  return { ...result, stdout: stdout.toString() };
}

/** As `git`, for what may be no text. */
export function gitBytes(
  cwd: string,
  args: string[],
  input?: Input,
  signal?: AbortSignal,
): Promise<{ code: number; stdout: Buffer; stderr: string }> {
  return new Promise((resolve, reject) => {
    let child: ChildProcess;
    try {
      const stdio = [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] as const;
      child = spawn('git', args, { cwd, stdio: [...stdio], ...(signal ? { signal } : {}) });
    } catch (error) {
      reject(error);
      return;
    }
    const stdout: Buffer[] = [];
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT')
        resolve({ code: 127, stdout: Buffer.alloc(0), stderr: 'git is not installed' });
      else reject(error);
    });
    child.on('close', (code) => resolve({ code: code ?? 128, stdout: Buffer.concat(stdout), stderr }));
    if (input !== undefined && child.stdin) {
      // A git that ends early closes its end; its exit code tells the story.
      child.stdin.on('error', () => {});
      if (typeof input === 'string' || Buffer.isBuffer(input)) child.stdin.end(input);
      else input.pipe(child.stdin);
    }
  });
}
