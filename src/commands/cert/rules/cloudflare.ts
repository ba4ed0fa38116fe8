import { listenerLogLines } from '../../../knowledge/listener-log-lines.js';
import { originCipherSuites, originCipherSuitesSource } from '../../../knowledge/origin-cipher-suites.js';
import { sslModesOfEveryPlan } from '../../../knowledge/ssl-modes.js';
import type { Rule } from '../../../model/rule.js';
import type { ServerFacts } from '../facts.js';

const strict = sslModesOfEveryPlan.find(({ id }) => id === 'strict');

/** What visitors would get if this were the origin of a zone: a consequence, which other rules have judged. */
export const modes: Rule<ServerFacts> = {
  id: 'cert/ssl-modes',
  means: 'If this is the origin of a zone at Cloudflare, its SSL/TLS mode decides whether visitors get an error.',
  remedy:
    'Mend what the other findings name.\nUntil then the mode Full works where only the certificate is at fault: SSL/TLS, Overview, in the dashboard.',
  cites: strict?.source ?? '',
  skips: ({ sslModes: seen, edge }) => {
    if (seen !== undefined) return undefined;
    return edge === undefined ? 'not a web server' : 'a second handshake, as Cloudflare makes it, did not come about';
  },
  check({ sslModes: seen, edge, protocol = 'TLS', cipher = '' }) {
    const evidence = ['/sslModes'];
    const unjudged = seen?.nameUnjudged === true ? ' (the name was not judged: --servername gives it)' : '';
    const errors = sslModesOfEveryPlan.flatMap(({ id, name }) => {
      const code = seen?.[id] ?? null;
      return code === null ? [] : [`${code} under ${name}`];
    });
    if (errors.length === 0) {
      if (seen?.needsClientCertificate === true) {
        const says = `as an origin of Cloudflare it causes no TLS error in the modes Full and Full (strict) as long as Cloudflare shows the client certificate that it demands${unjudged}`;
        const remedy =
          'Turn Authenticated Origin Pulls on (SSL/TLS, Origin Server, in the dashboard) and trust its authority here.';
        return { status: 'note', says, evidence, remedy };
      }
      const says = `as an origin of Cloudflare it causes no error on account of TLS, under any SSL/TLS mode${unjudged}`;
      return { status: 'pass', says, evidence };
    }
    const says = `as an origin of Cloudflare it causes ${errors.join(' and ')}${unjudged}`;
    if (edge?.failure === undefined) return { status: 'note', says, evidence };
    const why = `it agreed on ${protocol} with ${cipher}, which Cloudflare does not offer to origins, and on nothing that it offers: ${edge.failure.detail}`;
    const remedy = `Allow one of: ${originCipherSuites.map(({ openssl }) => openssl).join(', ')}.`;
    return {
      status: 'note',
      says: `${says}: ${why}`,
      evidence: [...evidence, '/edge'],
      remedy,
      cites: originCipherSuitesSource,
    };
  },
};

/** What rg-listener would make of it. */
export const listener: Rule<ServerFacts> = {
  id: 'cert/rg-listener',
  means:
    'If rg-listener fetches pages from here, it refuses to; its authorities are those of ca.bundle in railgun.conf.',
  remedy:
    'Mend what the other findings name.\nOn a trusted LAN, validate.cert = 0 in railgun.conf accepts any certificate; authorities of your own go into ca.bundle (restart rg-listener).',
  cites: listenerLogLines['unknown-authority'].source,
  skips: ({ railgun }) => (railgun === undefined ? 'not a web server' : undefined),
  check({ railgun }) {
    const evidence = ['/railgun'];
    const { validateCert1 = null, validateCert0 = null } = railgun ?? {};
    if (validateCert1 === null) {
      const unjudged = railgun?.nameUnjudged === true ? ' (the name was not judged: --servername gives it)' : '';
      return { status: 'pass', says: `rg-listener accepts it, with validate.cert = 1 too${unjudged}`, evidence };
    }
    const when = validateCert0 === null ? 'with validate.cert = 1 refuses it' : 'cannot shake hands with it';
    const logs = validateCert1.logLine === undefined ? '' : ` and logs: ${validateCert1.logLine}`;
    return { status: 'note', says: `rg-listener ${when}${logs}`, evidence };
  },
};
