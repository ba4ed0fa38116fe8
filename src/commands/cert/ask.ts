import { isFile } from '../../io/is-file.js';
import { bracketed, endpointOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { CertAsked, CertTarget, StartTlsName } from './facts.js';

const https = 443;

/** Where servers of these protocols wait for STARTTLS (RFC 3207, 2595, 4217). */
const ports: Readonly<Record<StartTlsName, number>> = { smtp: 25, imap: 143, pop3: 110, ftp: 21 };

const defaultWarningDays = 30;
const defaultCriticalDays = 7;

/** What is asked of which servers and files. A line of `--targets` is never a file. */
export function ask({ args, options, targets: lines, network }: Given): Answer<CertAsked, CertTarget> | UsageProblem {
  if (args.length === 0 && options['targets'] === undefined) {
    return {
      problem: 'nothing to check: no TARGET given',
      hint: 'As in rg-diag cert example.com, or rg-diag cert /etc/ssl/site.pem.',
    };
  }
  const starttls = options['starttls'] as StartTlsName | undefined;
  const critical = options['critical'] as number | undefined;
  const warning = options['warning'] as number | undefined;
  const warningDays = warning ?? Math.max(defaultWarningDays, critical ?? 0);
  const criticalDays = critical ?? Math.min(defaultCriticalDays, warning ?? defaultCriticalDays);
  if (criticalDays > warningDays) {
    return { problem: `--critical ${criticalDays} is more than --warning ${warningDays}, so it would never only warn` };
  }
  const servername = options['servername'] as string | undefined;
  const name = servername === undefined ? undefined : endpointOf(servername);
  if (name !== undefined && ('problem' in name || name.kind !== 'host' || name.port !== undefined)) {
    return {
      problem: `--servername ${servername}: not the name of a host`,
      hint: 'As in --servername www.example.com.',
    };
  }
  const asked: CertAsked = {
    network,
    ...(name !== undefined && { servername: name.host }),
    ...(starttls !== undefined && { starttls }),
    ...(typeof options['ca-file'] === 'string' && { caFile: options['ca-file'] }),
    ...(Array.isArray(options['add-ca']) && { addCa: options['add-ca'] }),
    ...(Array.isArray(options['crl-file']) && { crlFiles: options['crl-file'] }),
    warningDays,
    criticalDays,
    ...(options['grade'] === true && { grade: true }),
  };
  const port = starttls === undefined ? https : ports[starttls];
  const targets: CertTarget[] = [];
  for (const text of args) {
    const target = looksLikeFile(text) ? ({ kind: 'file', path: text } as const) : serverOf(text, port);
    if ('problem' in target) return target;
    targets.push(target);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const target = serverOf(line, port);
    if ('problem' in target) {
      const failure: Failure = { code: 'invalid-target', step: 'input', blame: 'us', detail: target.problem };
      unreadable.push({ label: line, failure });
    } else targets.push(target);
  }
  return { asked, targets, unreadable };
}

function serverOf(text: string, port: number): CertTarget | UsageProblem {
  const endpoint = endpointOf(text);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') return { problem: `${text}: certificates are checked over TCP, or in a file` };
  const { host } = endpoint;
  const own = endpoint.port ?? port;
  return { kind: 'server', host, port: own, text: `${bracketed(host)}:${own}` };
}

/** A URL has slashes too, but is a mistake that deserves a better answer than that there is no such file. */
function looksLikeFile(text: string): boolean {
  if (text.includes('://') || text.startsWith('-') || text.startsWith('unix:')) return false;
  return text.includes('/') || /\.(pem|crt|cer|der)$/i.test(text) || isFile(text);
}
