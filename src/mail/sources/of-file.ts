import { ItacaError } from '../../domain/error.js';

/**
 * Waits for what is done with a file, and says in words what went wrong with it.
 * @param label the file as it was named
 * @throws ItacaError `not_found` where it is not there; `refused` where it may not be read, or cannot
 */
export async function ofFile<T>(label: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof ItacaError) throw cause;
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new ItacaError('not_found', `there is no ${label}`, { path: label, cause });
    const why = code === 'EACCES' || code === 'EPERM' ? 'you may not read it' : message;
    throw new ItacaError('refused', `${label}: ${why}`, { path: label, cause });
  }
}

/** The same, and undefined for a file that has gone since it was listed. */
export async function orGone<T>(label: string, work: Promise<T>): Promise<T | undefined> {
  return ofFile(
    label,
    work.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return undefined;
    }),
  );
}
