import type { Reading } from '../event.js';
import { isObject } from '../fields.js';
import { brevo } from './brevo.js';
import type { EventFormat } from './format.js';
import { mailgun } from './mailgun.js';
import { postmark } from './postmark.js';
import { sendgrid } from './sendgrid.js';
import { ses } from './ses.js';

/** In the order in which they are asked: the first that knows an object by its shape reads it. */
const formats: readonly EventFormat[] = [ses, postmark, mailgun, sendgrid, brevo];

/** What one JSON value tells, and in whose format; no source where nobody's shape fits. */
export function readEvents(value: unknown): { source?: EventFormat['source']; readings: Reading[] } {
  const format = isObject(value) ? formats.find((one) => one.is(value)) : undefined;
  if (!format) return { readings: [{ fault: 'this is no event of a known provider' }] };
  const readings = format.read(value as never);
  return { source: format.source, readings };
}
