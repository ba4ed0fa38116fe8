import { readFileSync } from 'node:fs';

export type ServiceProtocol = 'tcp' | 'udp';

export interface Services {
  /** Names and aliases. */
  readonly ports: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

const cache = new Map<ServiceProtocol, Services>();

/** What `/etc/services` says about a protocol, read when it is first asked for; nothing where there is no such file. */
export function servicesOf(protocol: ServiceProtocol): Services {
  const cached = cache.get(protocol);
  if (cached !== undefined) return cached;
  const services = parseServices(textOf('/etc/services'), protocol);
  cache.set(protocol, services);
  return services;
}

/** The port of a service by its name or an alias, as getservbyname(3) has it. */
export function portOfService(name: string, protocol: ServiceProtocol): number | undefined {
  return servicesOf(protocol).ports.get(name);
}

/** The name of the service that a port is for, as getservbyport(3) has it. */
export function serviceOf(port: number, protocol: ServiceProtocol): string | undefined {
  return servicesOf(protocol).names.get(port);
}

const line = /^[ \t]*([^\s#]+)[ \t]+(\d{1,5})\/(\w+)([^#\n]*)/gm;

/** Reads lines of `name port/protocol aliases…`, with `#` comments, as services(5) has it: the first entry wins. */
export function parseServices(text: string, protocol: ServiceProtocol): Services {
  const ports = new Map<string, number>();
  const names = new Map<number, string>();
  for (const [, name = '', digits, of, aliases = ''] of text.matchAll(line)) {
    if (of !== protocol) continue;
    const port = Number(digits);
    if (!names.has(port)) names.set(port, name);
    for (const known of [name, ...aliases.split(/[ \t\r]+/)]) if (!ports.has(known)) ports.set(known, port);
  }
  ports.delete('');
  return { ports, names };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A system without the file names no services; numbers do without.
    return '';
  }
}
