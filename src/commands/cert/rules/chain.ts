import type { Rule } from '../../../model/rule.js';
import type { JudgedChain } from '../facts.js';
import { defectRule } from './defect.js';

const rfc = 'RFC 5246 §7.4.2; RFC 8446 §4.4.2';

export const order = defectRule({
  id: 'cert/order',
  code: 'chain-out-of-order',
  means: 'Each certificate should certify the one before it. Most clients put them in order, some old ones do not.',
  remedy: 'Put the certificate of the server first, then that of its issuer, and so on; leave out the root.',
  cites: rfc,
  passes: 'the chain is in order',
  field: 'subject',
  status: () => 'warn',
});

export const extra = defectRule({
  id: 'cert/extra',
  code: 'extra-certificate',
  means:
    'Certificates are sent that have nothing to do with the first one: they slow each handshake, and old clients stumble.',
  remedy: 'Remove them from the file that the server sends.',
  cites: rfc,
  passes: 'nothing is sent that does not belong to the chain',
  field: 'subject',
  status: () => 'warn',
});

/** Something that was sent as a certificate and is none. */
export const readable: Rule<JudgedChain> = {
  id: 'cert/readable',
  means: 'Clients that meet it may end the handshake.',
  remedy: 'Make the file of the server anew from what the authority delivered.',
  cites: 'RFC 5280 §4.1',
  check({ unreadable = [] }) {
    if (unreadable.length === 0) return { status: 'pass', says: 'every certificate can be read', evidence: ['/chain'] };
    const says = unreadable.map(({ sentAt, failure }) => `certificate ${sentAt + 1}: ${failure.detail}`).join('; ');
    return { status: 'fail', says, evidence: ['/unreadable'], code: 'malformed-certificate' };
  },
};
