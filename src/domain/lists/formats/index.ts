import type { ListFormat } from './format.js';
import { google } from './google.js';
import { hubspot } from './hubspot.js';
import { newsletters } from './newsletters.js';
import { outlook } from './outlook.js';
import { sales } from './sales.js';
import { salesforce } from './salesforce.js';
import { thunderbird } from './thunderbird.js';

/** The headers of known programs. */
export const listFormats: readonly ListFormat[] = [
  ...google,
  ...outlook,
  ...thunderbird,
  ...hubspot,
  ...salesforce,
  ...newsletters,
  ...sales,
];
