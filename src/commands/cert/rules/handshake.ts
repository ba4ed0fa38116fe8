import { originCipherSuitesSource } from '../../../knowledge/origin-cipher-suites.js';
import { sources } from '../../../knowledge/sources.js';
import type { Check, Rule } from '../../../model/rule.js';
import { statusOfFailure } from '../../../model/stop.js';
import type { FailedFacts, ServerFacts, UnreadFacts } from '../facts.js';

const shaken = {
  id: 'cert/handshake',
  means: 'Without a TLS handshake there is no HTTPS: Cloudflare answers 525 in the modes Full and Full (strict).',
  remedy:
    'Check that the server speaks TLS on this port, knows the name (SNI), and has protocols and ciphers in common with its clients: rg-diag probe HOST PORT --tls.\nLook into the error log of the server.',
  cites: sources.e525,
};

export const handshake: Rule<ServerFacts> = {
  ...shaken,
  check(facts): Check {
    const { failure, protocol = 'TLS', cipher, asksForCertificate } = facts;
    const remedy = filled(shaken.remedy, facts);
    if (failure === undefined) {
      const asks = asksForCertificate ? '; the server asks for a client certificate, but does without' : '';
      const says = `${protocol}${cipher === undefined ? '' : ` with ${cipher}`}${asks}`;
      const evidence = [facts.protocol === undefined ? '/chain' : '/protocol'];
      if (protocol !== 'TLSv1' && protocol !== 'TLSv1.1') return { status: 'pass', says, evidence };
      return {
        status: 'note',
        says: `${says}: a deprecated protocol${facts.asked.starttls === undefined ? ', which Cloudflare still speaks with origins' : ''}`,
        evidence,
        remedy: 'Allow TLS 1.2 and TLS 1.3 in the configuration of the server.',
        cites: `RFC 8996; ${originCipherSuitesSource}`,
      };
    }
    if (failure.code === 'client-certificate-required') {
      return {
        status: 'note',
        says: `the server demands a client certificate, and ended the handshake without one: ${failure.detail}`,
        evidence: ['/failure'],
        remedy:
          'Nothing, if that is intended: Cloudflare shows its own certificate where Authenticated Origin Pulls is turned on.',
      };
    }
    const says = `certificates were sent, but the handshake was not finished: ${failure.detail}`;
    return { status: statusOfFailure(failure, facts), says, evidence: ['/failure'], code: failure.code, remedy };
  },
};

function filled(remedy: string, { address, port }: { readonly address: string; readonly port: number }): string {
  return remedy.replaceAll('HOST PORT', () => `${address} ${port}`);
}

/** Nothing was seen of the certificates of a server. */
export const unseen: Rule<FailedFacts> = {
  ...shaken,
  check(facts) {
    const { failure } = facts;
    const evidence = ['/failure'];
    const { code, step, detail } = failure;
    if (step === 'input' && failure.byRun !== true) {
      const remedy = 'Check the name and the permissions of the files of --ca-file and --add-ca.';
      return { status: 'broken', says: `the authorities to trust cannot be read: ${detail}`, evidence, code, remedy };
    }
    const says = `${step === 'connect' ? 'no connection' : 'no certificate was seen'}: ${detail}`;
    const status = statusOfFailure(failure, facts);
    if (step !== 'connect') return { status, says, evidence, code, remedy: filled(shaken.remedy, facts) };
    const remedy = filled(
      'Check that the server runs and that no firewall is in the way: rg-diag probe HOST PORT.',
      facts,
    );
    return { status, says, evidence, code, remedy };
  },
};

/** Nothing could be read from a file. */
export const readableFile: Rule<UnreadFacts> = {
  id: 'cert/readable',
  means: 'There is nothing to judge.',
  remedy:
    'Give a file with certificates in PEM or DER.\nFor a server, leave out slashes and endings such as .pem: HOST[:PORT].',
  cites: '',
  check(facts) {
    const { code, detail } = facts.failure;
    const status = facts.failure.byRun === true ? statusOfFailure(facts.failure, facts) : 'broken';
    return { status, says: `cannot be read: ${detail}`, evidence: ['/failure'], code };
  },
};
