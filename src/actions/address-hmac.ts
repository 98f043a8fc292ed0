import { createHmac } from 'node:crypto';

/** HMAC-SHA256 of a canonical address under the workspace's salt, in hexadecimal: what stays of one that was erased. */
export function addressHmac(canonical: string, salt: string | undefined): string {
  return createHmac('sha256', salt ?? '')
    .update(canonical)
    .digest('hex');
}
