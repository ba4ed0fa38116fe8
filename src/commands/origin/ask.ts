import { isMethod } from '../../decoders/edge-request.js';
import { profileOf } from '../../decoders/edge-timers.js';
import type { EdgeMode } from '../../decoders/edge-verdict.js';
import { type Scheme, schemeOfPort } from '../../decoders/edge-way.js';
import { decodeRailgunConf } from '../../decoders/railgun-conf.js';
import { listenerSettings } from '../../decoders/railgun-listener-settings.js';
import { asciiName } from '../../io/ascii-name.js';
import { bracketed, endpointOf, familyOf, portOf } from '../../model/endpoint.js';
import type { Failure } from '../../model/failure.js';
import type { Answer, Given, UsageProblem } from '../command.js';
import type { OriginAsked, OriginTarget } from './facts.js';
import { maskedUrl } from './masked-url.js';

const usualPorts: Readonly<Record<Scheme, number>> = { https: 443, http: 80 };

/** What is asked of which origins. */
export function ask(given: Given): Answer<OriginAsked, OriginTarget> | UsageProblem {
  const { args, options, targets: lines } = given;
  const asked = askedOf(given);
  if ('problem' in asked) return asked;
  if (args.length === 0 && options['targets'] === undefined) {
    return {
      problem: 'nothing to look at: no HOST or URL given',
      hint: 'As in rg-diag origin www.example.com --ip 203.0.113.7.',
    };
  }
  const number = args.find((text) => /^\d{1,5}$/.test(text));
  if (number !== undefined)
    return { problem: `'${number}' is a number, and no host`, hint: `Did you mean --port ${number}?` };
  const targets: OriginTarget[] = [];
  for (const text of args) {
    const target = targetOf(text, options);
    if ('problem' in target) return target;
    targets.push(target);
  }
  const unreadable: { label: string; failure: Failure }[] = [];
  for (const line of lines) {
    const target = targetOf(line, options);
    if ('problem' in target) {
      unreadable.push({
        label: labelOf(line),
        failure: { code: 'invalid-target', step: 'input', blame: 'us', detail: target.problem },
      });
    } else targets.push(target);
  }
  return { asked, targets, unreadable };
}

/**
 * Seconds that a run may take: the timers of the edge added up, or what replaces them, once for every time that an address is
 * asked; with `--railgun` at least what rg-listener needs at the same time.
 */
export function timeoutFor(options: Given['options']): number {
  const { connectSeconds, readSeconds } = profileOf(profileIn(options));
  const connect = (options['connect-timeout'] as number | undefined) ?? connectSeconds;
  const read = (options['read-timeout'] as number | undefined) ?? readSeconds;
  // The request is acknowledged, or not, within the time for the answer. A handshake and name servers have time of their own.
  const once = connect * 2 + read + namesSeconds;
  const addresses = (options['ip'] as readonly string[] | undefined)?.length ?? 1;
  const atOnce = (options['concurrency'] as number | undefined) ?? usualAtOnce;
  const edge = once * Math.ceil(addresses / atOnce) * ((options['repeat'] as number | undefined) ?? 1);
  return options['railgun'] === undefined ? edge : Math.max(edge, listenerSeconds);
}

/** Seconds for name servers: what the system gives them, about. */
const namesSeconds = 10;
/**
 * Seconds that rg-listener may wait with the `lan.timeout` that it has unless railgun.conf, which is not read yet, says otherwise: for a
 * connection, a handshake and an answer.
 */
const listenerSeconds = 3 * listenerSettings(decodeRailgunConf('')).lanTimeoutSeconds.value + namesSeconds;
/** As `--concurrency` has it. */
const usualAtOnce = 16;

function profileIn(options: Given['options']): OriginAsked['edgeProfile'] {
  return (options['edge-profile'] as OriginAsked['edgeProfile'] | undefined) ?? '2026';
}

function askedOf({ options, network }: Given): OriginAsked | UsageProblem {
  const ip = options['ip'] as readonly string[] | undefined;
  const addresses = ip?.map((text) => text.replace(/^\[(.*)\]$/, '$1'));
  const wrong = ip?.find((_, index) => familyOf(addresses?.[index] ?? '') === undefined);
  if (wrong !== undefined) {
    return {
      problem: `--ip ${wrong}: not an address`,
      hint: 'An address with a port, or a name, is given as --connect-to ADDR[:PORT].',
    };
  }
  if (addresses !== undefined && network.connectTo !== undefined) {
    return { problem: '--ip and --connect-to exclude each other: both say where to connect to' };
  }
  const others = addresses?.filter((address) => network.family !== undefined && familyOf(address) !== network.family);
  if (others?.[0] !== undefined)
    return { problem: `--ip ${others[0]} is no IPv${network.family} address, and -${network.family} allows no other` };
  const method = (options['method'] as string | undefined) ?? 'GET';
  if (!isMethod(method) || method === 'CONNECT') {
    return { problem: `--method ${method}: not a method that can be asked for`, hint: 'As in --method HEAD.' };
  }
  const port = options['port'] as number | undefined;
  if (port !== undefined && portOf(String(port)) === undefined)
    return { problem: `--port ${port}: not a port from 1 to 65535` };
  const path = options['path'] as string | undefined;
  if (path !== undefined && !isPath(path, method)) {
    return {
      problem: `--path ${path}: not a path`,
      hint: 'It begins with a slash and has no blanks: --path /health?full=1.',
    };
  }
  const text = <Name extends string>(option: Name) => options[option] as string | undefined;
  const headerFile = text('header-file');
  const clientCert = text('client-cert');
  const railgun = text('railgun');
  const railgunVersion = text('railgun-version');
  if (railgunVersion !== undefined && railgun === undefined)
    return { problem: '--railgun-version needs --railgun CONF' };
  if (railgunVersion !== undefined && !/^v?\d{1,6}(\.\d{1,6}){0,3}$/.test(railgunVersion)) {
    return { problem: `--railgun-version ${railgunVersion}: not a version`, hint: 'As in --railgun-version 5.2.0.' };
  }
  const caFile = text('ca-file');
  const readTimeout = options['read-timeout'] as number | undefined;
  const when = options['public'] as 'auto' | 'always' | 'never' | undefined;
  return {
    network,
    mode: (text('mode') as EdgeMode | undefined) ?? 'strict',
    edgeProfile: profileIn(options),
    ...(addresses !== undefined && { ip: [...new Set(addresses)] }),
    method,
    ...(headerFile !== undefined && { headerFile }),
    ...(readTimeout !== undefined && { readTimeout }),
    repeat: (options['repeat'] as number | undefined) ?? 1,
    ...(caFile !== undefined && { caFile }),
    ...(Array.isArray(options['add-ca']) && { addCa: options['add-ca'] }),
    ...(Array.isArray(options['crl-file']) && { crlFiles: options['crl-file'] }),
    ...(clientCert !== undefined && { clientCert }),
    ...(railgun !== undefined && { railgun }),
    ...(railgunVersion !== undefined && { railgunVersion }),
    ...((when === 'always' || when === 'never') && { public: when }),
  };
}

/** `host[:port]`, or the URL that visitors ask for. */
function targetOf(text: string, options: Given['options']): OriginTarget | UsageProblem {
  const [, written, rest = text, after = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^#]*)/i.exec(text) ?? [];
  const named = written?.toLowerCase();
  if (rest.includes('@')) {
    return {
      problem: 'a URL with a user name or password is not for the command line',
      hint: 'Put an Authorization header into a file: --header-file FILE.',
    };
  }
  const label = labelOf(text);
  if (named !== undefined && named !== 'https' && named !== 'http') {
    return {
      problem: `'${label}' is a URL of ${named}, and Cloudflare fetches http and https`,
      hint: 'Give the host, or a URL of http or https.',
    };
  }
  if (named === undefined && /^[^/?#]+[/?#]/.test(text) && !text.startsWith('unix:')) {
    return {
      problem: `'${label}' is neither a host nor a URL`,
      hint: `With its scheme it is one: https://${label}`,
    };
  }
  const endpoint = endpointOf(rest);
  if ('problem' in endpoint) return endpoint;
  if (endpoint.kind === 'unix') return { problem: 'Cloudflare connects over TCP, and not to a unix socket' };
  const option = options['port'] as number | undefined;
  if (option !== undefined && endpoint.port !== undefined && endpoint.port !== option) {
    return { problem: `--port ${option} and the port of '${label}' differ` };
  }
  const port = endpoint.port ?? option;
  const scheme = named ?? (port === undefined ? 'https' : schemeOfPort(port));
  const given = after === '' ? '/' : after.startsWith('?') ? `/${after}` : after;
  const path = (options['path'] as string | undefined) ?? given;
  if (!isPath(path, options['method'] as string | undefined))
    return { problem: `'${label}': its path has blanks or characters that a URL has to escape` };
  return {
    label: named === undefined ? `${bracketed(endpoint.host)}${port === undefined ? '' : `:${port}`}` : label,
    scheme,
    // As every browser sends it.
    host: asciiName(endpoint.host),
    port: port ?? usualPorts[scheme],
    path,
  };
}

/** A target as it may be shown in every format: without a password, the fragment, and what looks secret in the query. */
function labelOf(text: string): string {
  return maskedUrl(text.replace(/#[\s\S]*$/, '')).replace(/^[^/?]*@/, '***@');
}

/** What can stand in a request: no blank, no control character, ASCII; `*` is the whole server. */
function isPath(text: string, method = 'GET'): boolean {
  return /^\/[!-~]*$/.test(text) || (text === '*' && method === 'OPTIONS');
}
