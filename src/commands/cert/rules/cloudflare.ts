import { listenerTlsLines } from '../../../knowledge/listener-tls-lines.js';
import { sslModes } from '../../../knowledge/ssl-modes.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

const strict = sslModes.find(({ id }) => id === 'strict');

/** What visitors would get if this were the origin of a zone: a consequence, which other rules have judged. */
export const modes: Rule<ServerFacts> = {
  id: 'cert/ssl-modes',
  means: 'If this is the origin of a zone at Cloudflare, its SSL/TLS mode decides whether visitors get an error.',
  remedy:
    'Mend what the other findings name.\nUntil then the mode Full works where only the certificate is at fault: SSL/TLS, Overview, in the dashboard.',
  cites: strict?.source ?? '',
  skips: ({ sslModes: seen }) => (seen === undefined ? 'not a web server' : undefined),
  check({ sslModes: seen }) {
    const evidence = ['/sslModes'];
    const errors = sslModes.flatMap(({ id, name }) => {
      const code = seen?.[id] ?? null;
      return code === null ? [] : [`${code} under ${name}`];
    });
    if (errors.length === 0) {
      return { status: 'pass', says: 'as an origin of Cloudflare it works under every SSL/TLS mode', evidence };
    }
    return { status: 'note', says: `as an origin of Cloudflare it causes ${errors.join(' and ')}`, evidence };
  },
};

/** What rg-listener would make of it. */
export const listener: Rule<ServerFacts> = {
  id: 'cert/rg-listener',
  means:
    'If rg-listener fetches pages from here, it refuses to; its authorities are those of ca.bundle in railgun.conf.',
  remedy:
    'Mend what the other findings name.\nOn a trusted LAN, validate.cert = 0 in railgun.conf accepts any certificate; authorities of your own go into ca.bundle (restart rg-listener).',
  cites: listenerTlsLines['unknown-authority'].source,
  skips: ({ railgun }) => (railgun === undefined ? 'not a web server' : undefined),
  check({ railgun }) {
    const evidence = ['/railgun'];
    const { validateCert1 = null, validateCert0 = null } = railgun ?? {};
    if (validateCert1 === null) {
      return { status: 'pass', says: 'rg-listener accepts it, with validate.cert = 1 too', evidence };
    }
    const when = validateCert0 === null ? 'with validate.cert = 1 refuses it' : 'cannot shake hands with it';
    const logs = validateCert1.logLine === undefined ? '' : ` and logs: ${validateCert1.logLine}`;
    return { status: 'note', says: `rg-listener ${when}${logs}`, evidence };
  },
};
