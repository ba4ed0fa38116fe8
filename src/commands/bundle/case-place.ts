import { schemeOfPort } from '../../decoders/edge-way.js';
import { asciiName } from '../../io/ascii-name.js';
import { bracketed, endpointOf } from '../../model/endpoint.js';
import { maskedUrl } from '../../model/masked-url.js';
import type { UsageProblem } from '../command.js';
import type { CasePlace } from './facts.js';

const usualPorts = { https: 443, http: 80 } as const;

/** A host or a URL as it may be shown: without a password, the fragment, and what looks secret in the query. */
export function shownPlace(text: string): string {
  return maskedUrl(text.replace(/#[\s\S]*$/, '')).replace(/^[^/?]*@/, '***@');
}

/** `host[:port]`, or the URL that visitors ask for; what the checks would refuse is refused here. */
export function casePlaceOf(text: string): CasePlace | UsageProblem {
  const [, written, rest = text, after = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(text) ?? [];
  const named = written?.toLowerCase();
  const shown = shownPlace(text);
  if (/^\d{1,5}$/.test(text)) {
    return { problem: `'${text}' is a number, and no host`, hint: `Did you mean --for ${text}?` };
  }
  if (rest.includes('@')) return { problem: 'a URL with a user name or password is not for the command line' };
  if (named !== undefined && named !== 'https' && named !== 'http') {
    return { problem: `'${shown}' is a URL of ${named}, and Cloudflare fetches http and https` };
  }
  if (named === undefined && /^[^/?#]+[/?#]/.test(text) && !text.startsWith('unix:')) {
    return { problem: `'${shown}' is neither a host nor a URL`, hint: `With its scheme it is one: https://${shown}` };
  }
  const endpoint = endpointOf(rest);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') return { problem: 'Cloudflare connects over TCP, and not to a unix socket' };
  if (!/^[!-~]*$/.test(after))
    return { problem: `'${shown}': its path has blanks or characters that a URL has to escape` };
  const scheme = named ?? (endpoint.port === undefined ? 'https' : schemeOfPort(endpoint.port));
  const host = asciiName(endpoint.host).toLowerCase();
  const port = endpoint.port ?? usualPorts[scheme];
  const at = endpoint.port === undefined ? host : `${bracketed(host)}:${port}`;
  return { host, port, shown: at, isUrl: named !== undefined };
}
