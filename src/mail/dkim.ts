import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ItacaError } from '../domain/error.js';
import type { Transport } from './transport.js';

/** Signs a finished message, RFC 6376; one that is signed already stays as it is. */
export type DkimSigner = (raw: Buffer) => Promise<Buffer>;

/** Shorter keys count for nothing (RFC 8301, 3.2). */
const fewestBits = 1024;

/**
 * Header fields under the signature: those of RFC 6376, 5.4.1, and the ones by which a list is left and known, which
 * count only when they are signed (RFC 8058, 4).
 */
const signedFields = [
  'From',
  'Reply-To',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Precedence',
  'Auto-Submitted',
  'Feedback-ID',
];

/**
 * Makes ready to sign for a domain. The key is read once, not for each message.
 * @param key PEM, and where it comes from, for errors
 * @throws ItacaError `refused` for a key that cannot sign
 */
export async function dkimSigner(
  { domain, selector }: { domain: string; selector: string },
  key: { pem: string; from: string },
): Promise<DkimSigner> {
  const privateKey = readKey(key);
  const { default: DKIM } = await import('nodemailer/lib/dkim');
  const dkim = new DKIM({
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: signedFields.join(':'),
  });
  return async (raw) => {
    if (isSigned(raw)) return raw;
    const chunks: Buffer[] = [];
    for await (const chunk of dkim.sign(raw)) chunks.push(chunk as Buffer);
    const message = Buffer.concat(chunks);
    // The library leaves the signature away where it could not make one.
    if (!isSigned(message)) throw new Error('the message could not be signed');
    return message;
  };
}

/** A transport whose messages are signed as they leave. */
export function signedBy(signer: DkimSigner, transport: Transport): Transport {
  return {
    ...transport,
    async send(message) {
      let raw: Buffer;
      try {
        raw = await signer(message.raw);
      } catch (error) {
        return { state: 'deferred', reply: `DKIM: ${(error as Error).message}`, server: true };
      }
      return transport.send({ ...message, raw });
    },
  };
}

function isSigned(raw: Buffer): boolean {
  return /^DKIM-Signature:/i.test(raw.subarray(0, 20).toString('latin1'));
}

function readKey({ pem, from }: { pem: string; from: string }): KeyObject {
  const refuse = (message: string, hint: string): never => {
    throw new ItacaError('refused', `${from}: ${message}`, { hint });
  };
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // What the error of the library says may show a piece of the key.
  }
  if (!key) {
    return /ENCRYPTED/.test(pem)
      ? refuse('the key asks for a passphrase', 'keep it without one where only this machine can read it')
      : refuse(
          'this is no private key in PEM',
          'make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out dkim.pem',
        );
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type !== 'rsa') return refuse(`a key of type ${type} cannot sign`, 'use an RSA key of 2048 bits');
  if ((details?.modulusLength ?? 0) < fewestBits)
    return refuse(`a key of ${details?.modulusLength} bits is too short`, 'use an RSA key of 2048 bits');
  return key;
}
