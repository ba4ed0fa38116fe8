import { schemeOfPort } from '../../decoders/edge-way.js';
import { asciiName } from '../../io/ascii-name.js';
import { bracketed, endpointOf, familyOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import { packageConf } from '../../model/package-files.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { ConfigResolveAsked, ConfigResolveTarget } from './facts.js';

const usualPorts = { https: 443, http: 80 } as const;

const hint = 'As in rg-diag config resolve www.example.com, example.com:2083 or https://example.com:2083.';

/** Which requests are asked about, and what of them. */
export function ask(given: Given): Answer<ConfigResolveAsked, ConfigResolveTarget> | UsageProblem {
  const { args, options, targets: lines } = given;
  const asked = askedOf(given);
  if ('problem' in asked) return asked;
  if (args.length === 0 && options['targets'] === undefined) return { problem: 'no HOST given', hint };
  const http = options['http'] === true;
  const targets: ConfigResolveTarget[] = [];
  for (const text of args) {
    const target = targetOf(text, http);
    if ('problem' in target) return { hint, ...target };
    targets.push(target);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const target = targetOf(line, http);
    if ('problem' in target) {
      const failure: Failure = { code: 'invalid-target', step: 'input', blame: 'us', detail: target.problem };
      unreadable.push({ label: shownUrl(line), failure });
    } else targets.push(target);
  }
  return { asked, targets, unreadable };
}

function askedOf({ options, network }: Given): ConfigResolveAsked | UsageProblem {
  const config = (options['config'] as string | undefined) ?? packageConf;
  if (config === '') return { problem: '--config is empty', hint: 'As in --config ./railgun.conf.' };
  if (config === '-' && options['targets'] === '-') {
    return { problem: 'standard input can be read only once, and --config and --targets both name it' };
  }
  const given = options['origin-ip'] as string | undefined;
  const originIp = given?.replace(/^\[(.*)\]$/, '$1');
  if (originIp !== undefined && familyOf(originIp) === undefined) {
    return { problem: `--origin-ip ${given}: not an address`, hint: 'As in --origin-ip 203.0.113.34.' };
  }
  return {
    network,
    config,
    ...(options['probe'] === true && { probe: true }),
    ...(originIp !== undefined && { originIp }),
  };
}

/** `host[:port]`, or a URL, of which what stands behind the port does not matter. */
function targetOf(text: string, http: boolean): ConfigResolveTarget | UsageProblem {
  const [, written, authority = text] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text) ?? [];
  const named = written?.toLowerCase();
  const shown = shownUrl(text);
  if (named !== undefined && named !== 'https' && named !== 'http') {
    return { problem: `'${shown}' is a URL of ${named}, and rg-listener is asked for http and https` };
  }
  if (named === 'https' && http) return { problem: `--http and '${shown}' contradict each other` };
  // A user name and a password have nothing to do with where a request goes, and are repeated nowhere.
  const endpoint = endpointOf(named === undefined ? authority : authority.replace(/^.*@/, ''));
  if ('problem' in endpoint) return named === undefined ? endpoint : { problem: `'${shown}' names no host` };
  if (endpoint.kind === 'unix') return { problem: 'a request has a host, and not a unix socket' };
  const scheme = named ?? (http ? 'http' : schemeOfPort(endpoint.port ?? usualPorts.https));
  const host = asciiName(endpoint.host);
  const port = endpoint.port ?? usualPorts[scheme];
  return { label: `${bracketed(host)}:${port}`, scheme, host, port };
}

/** A URL as it may be shown: its scheme, host and port. Anything else as it stands. */
function shownUrl(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^/?#]*).*$/is, '$1$2');
}
