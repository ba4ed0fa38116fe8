import { bracketed } from '../../../model/endpoint.js';
import type { FailureCode } from '../../../model/failure.js';
import type { Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { FailedFacts } from '../facts.js';

const certificate =
  'rg-diag cert HOST:PORT shows the certificate and everything that is wrong with it.\nOn a network with a login page, log in with a browser first.';
const authority =
  'rg-diag cert HOST:PORT shows the chain.\nA gateway that inspects TLS has an authority of its own: trust it with --add-ca FILE.\nCloudflare Origin CA is trusted by Cloudflare only: does the name lead past it?';
const notHttp = 'Check the port: something that is not a web server listens there, or --http is wrong for it.';

const remedies: Partial<Readonly<Record<FailureCode, string>>> = {
  'connection-refused':
    'Check the address and the port: nothing listens there.\nrg-diag probe HOST 80 443 shows which ports are open.',
  timeout:
    'Give it more time with --connect-timeout or --timeout.\nrg-diag probe HOST PORT shows whether a firewall drops it.',
  'hostname-mismatch': certificate,
  'certificate-expired': `${certificate}\nCheck the clock of this machine.`,
  'certificate-not-yet-valid': `${certificate}\nCheck the clock of this machine.`,
  'self-signed': authority,
  'untrusted-issuer': authority,
  'not-tls': 'The port does not speak TLS: try --http, or another port.',
  'malformed-response': notHttp,
  'answer-too-long': notHttp,
  'invalid-proxy': 'Correct the variable, or name the host in NO_PROXY.',
  'proxy-refused': 'Check the rules and the password of the proxy (in HTTPS_PROXY), or name the host in NO_PROXY.',
  'file-not-found': 'Check the name of the file that --ca-file or --add-ca gives.',
  'permission-denied': 'Check the permissions of the file that --ca-file or --add-ca gives.',
};

/** What a failed verification means; the detail of the failure has it in the words of OpenSSL. */
const certificates: Partial<Readonly<Record<FailureCode, string>>> = {
  'hostname-mismatch': 'its certificate is for another name',
  'certificate-expired': 'its certificate has expired',
  'certificate-not-yet-valid': 'its certificate is not valid yet',
  'self-signed': 'its certificate is signed by itself',
  'untrusted-issuer': 'its certificate is of an authority that is not trusted here',
};

const usual = 'Ask again, and from another network.\nrg-diag probe HOST PORT --tls shows how far a connection gets.';

/** There was no whole answer. */
export const failed: Rule<FailedFacts> = {
  id: 'trace/answered',
  means: 'Nobody can say from here which data centre answers: there was no whole answer.',
  remedy: usual,
  cites: '',
  check(facts) {
    const { failure, address, host, port, proxy } = facts;
    const isOfProxy = proxy !== undefined && failure.step === 'connect';
    const where = address === undefined ? '' : `${address}: `;
    const certificate = certificates[failure.code];
    const who = isOfProxy ? `the proxy ${proxy}: ` : '';
    const says = `${where}${who}${certificate === undefined ? '' : `${certificate}; `}${failure.detail}`;
    return {
      // What the user gave could not be used: that says nothing about the target.
      status: failure.step === 'input' && failure.byRun !== true ? 'broken' : statusOfFailure(failure, facts),
      says,
      evidence: ['/failure'],
      code: failure.code,
      remedy:
        isOfProxy && failure.code === 'connection-refused'
          ? proxyRemedy
          : filled(remedies[failure.code] ?? usual, host, port),
    };
  },
};

const proxyRemedy =
  'Start the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY), correct the variable, or name the host in NO_PROXY.';

function filled(remedy: string, host: string, port: number): string {
  return remedy
    .replaceAll('HOST:PORT', () => `${bracketed(host)}:${port}`)
    .replaceAll('HOST', () => host)
    .replaceAll('PORT', () => String(port));
}
