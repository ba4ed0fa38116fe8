import { schemeOfPort } from '../../decoders/edge-way.js';
import { asciiName } from '../../io/ascii-name.js';
import { bracketed, endpointOf } from '../../model/endpoint.js';
import { maskedUrl } from '../../model/masked-url.js';
import type { UsageProblem } from '../command.js';
import type { VisitedPlace } from './facts.js';

const usualPorts = { https: 443, http: 80 } as const;

/** `host[:port]`, or the URL that visitors ask for. What rg-diag origin refuses is refused here: it is asked the same. */
export function placeOf(text: string): VisitedPlace | UsageProblem {
  if (/^\d{1,5}$/.test(text)) return { problem: `'${text}' is a number, and no host` };
  const [, written, rest = text, after = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(text) ?? [];
  const named = written?.toLowerCase();
  if (rest.includes('@')) {
    return {
      problem: 'a URL with a user name or password is not for the command line',
      hint: 'An Authorization header can be sent from a file: rg-diag origin URL --header-file FILE.',
    };
  }
  const shown = maskedUrl(text.replace(/#[\s\S]*$/, ''));
  if (named !== undefined && named !== 'https' && named !== 'http') {
    return { problem: `'${shown}' is a URL of ${named}, and Cloudflare fetches http and https` };
  }
  if (named === undefined && /^[^/?#]+[/?#]/.test(text) && !text.startsWith('unix:')) {
    return {
      problem: `'${shown}' is neither a host nor a URL`,
      hint: `With its scheme it is one: https://${shown}`,
    };
  }
  const endpoint = endpointOf(rest);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') return { problem: 'Cloudflare connects over TCP, and not to a unix socket' };
  const { port } = endpoint;
  const scheme = named ?? (port === undefined ? 'https' : schemeOfPort(port));
  const path = after === '' ? '/' : after.startsWith('?') ? `/${after}` : after;
  if (!/^\/[!-~]*$/.test(path)) {
    return { problem: `'${shown}': its path has blanks or characters that a URL has to escape` };
  }
  const host = asciiName(endpoint.host).toLowerCase();
  const own = named === undefined ? `${bracketed(endpoint.host)}${port === undefined ? '' : `:${port}`}` : shown;
  return { shown: own, scheme, host, port: port ?? usualPorts[scheme], path };
}
