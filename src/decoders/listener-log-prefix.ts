/** What stands before the message in a line of rg-listener's log. All as it was written. */
export interface ListenerPrefix {
  /** `Oct 27 23:35:57` (no year, local) or ISO 8601. */
  readonly time?: string;
  readonly hostname?: string;
  /** The name of the program: `railgun`, `rg-listener`. */
  readonly tag?: string;
  /** The address and port of the edge that the line is about: `199.27.130.135:22114`. */
  readonly peer?: string;
  /** The part of rg-listener: `Activation`. */
  readonly component?: string;
  /** The ray id with the data centre: `2a074d8b36f00000-ATL`. */
  readonly ray?: string;
}

const traditional = /^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d) (\S+) /;
const iso = /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\dT[\d:.,]{8,20}(?:Z|[+-]\d\d:?\d\d)?) (\S+) /;
const rfc5424 = /^<\d{1,3}>1 (\S+) (\S+) (\S+) (\S+) \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+)(?: \ufeff?|$)/;
// Only rg-listener's own: other programs say `memcached:` too, and so does a bare message.
const tagged = /^(railgun|rg-listener|rg_listener)(?:\[(\[[^\s\]]*\]:\d+|[^\s\]]*)\])?: ?/i;
const component = /^\[(Activation)\] ?/;
const ray = /^\[([0-9a-f]{15,16}-[A-Z]{3})\] ?/i;

/** Takes off what syslog and rg-listener put before a message; the times are those of Railgun's documents. */
export function prefixOf(line: string): { readonly prefix: ListenerPrefix; readonly message: string } {
  const { rest, ...head } = headOf(line);
  let message = rest;
  const [all = '', tag, bracket] = tagged.exec(message) ?? [];
  message = message.slice(all.length);
  const [named = '', part] = component.exec(message) ?? [];
  message = message.slice(named.length);
  const [seen = '', id] = ray.exec(message) ?? [];
  message = message.slice(seen.length);
  return {
    prefix: {
      ...head,
      ...(tag !== undefined && { tag }),
      // A number alone would be that of the process.
      ...(bracket?.includes(':') === true && { peer: bracket }),
      ...(part !== undefined && { component: part }),
      ...(id !== undefined && { ray: id }),
    },
    message,
  };
}

function headOf(line: string): ListenerPrefix & { readonly rest: string } {
  const modern = rfc5424.exec(line);
  if (modern !== null) {
    const [all, time = '', hostname = '', tag = '', process = ''] = modern;
    const known = Object.entries({ time, hostname, tag }).filter(([, value]) => value !== '-');
    return {
      ...Object.fromEntries(known),
      ...(process.includes(':') && { peer: process }),
      rest: line.slice(all.length),
    };
  }
  const [all = '', time, hostname] = traditional.exec(line) ?? iso.exec(line) ?? [];
  if (time === undefined || hostname === undefined) return { rest: line };
  return { time, hostname, rest: line.slice(all.length) };
}
