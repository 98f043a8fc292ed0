import { ItacaError } from './error.js';

/** Conditions of the machine, which no program can help. */
const conditions: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
};

/** Mistakes in the name of a file to write. */
const mistakes: Record<string, string> = {
  ENAMETOOLONG: 'the file name is too long',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of this path is not a folder',
  EISDIR: 'this is a folder, not a file',
};

/**
 * Says what a failed write means for the person at the keyboard.
 * @param path of the file
 * @returns undefined for an error of another sort
 */
export function asWriteError(error: unknown, path: string): ItacaError | undefined {
  return named(error, { ...conditions, ...mistakes }, path);
}

/** A full disk, a read-only file system, a missing permission, wherever it struck; undefined for anything else. */
export function asMachineCondition(error: unknown): ItacaError | undefined {
  return named(error, conditions, (error as NodeJS.ErrnoException | undefined)?.path);
}

const isFull = /^(?:ENOSPC|EDQUOT)$/;

function named(
  error: unknown,
  meanings: Record<string, string>,
  path: string | undefined,
): ItacaError | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const meaning = code === undefined || error instanceof ItacaError ? undefined : meanings[code];
  if (meaning === undefined) return undefined;
  return new ItacaError('invalid', meaning, {
    cause: error,
    ...(path === undefined ? {} : { path }),
    ...(isFull.test(code as string)
      ? { hint: 'make room; what was begun, the next command that writes completes or puts back' }
      : {}),
  });
}
