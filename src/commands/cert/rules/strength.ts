import { leastBitsSource } from '../../../knowledge/public-keys.js';
import { defectRule } from './defect.js';

export const weakKey = defectRule({
  id: 'cert/weak-key',
  code: 'weak-key',
  means: 'The key is too short to be safe; clients refuse such certificates more and more.',
  remedy: 'Have the certificate issued for a new key: RSA of 2048 bits at least, or EC on the curve P-256.',
  cites: leastBitsSource,
  passes: 'every key is long enough',
  field: 'keyBits',
});

export const weakSignature = defectRule({
  id: 'cert/weak-signature',
  code: 'weak-signature',
  means: 'Signatures with MD5 or SHA-1 can be forged; browsers refuse them.',
  remedy: 'Have the certificate issued anew with a signature on SHA-256 or better.',
  cites: 'RFC 9155; RFC 6151; CA/Browser Forum, Baseline Requirements §7.1.3.2',
  passes: 'no signature is on MD5 or SHA-1',
  field: 'signature',
});
