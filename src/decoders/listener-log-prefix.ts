/** How a line says who wrote it and when. `bare`: it does not. */
export type ListenerLogForm = 'rfc3164' | 'rfc5424' | 'iso' | 'journald' | 'bare';

/** What stands before the message in a line of rg-listener's log. All as it was written. */
export interface ListenerPrefix {
  /** `Oct 27 23:35:57` (no year, local), ISO 8601, or a date and a time with a blank between, also `2012/10/27 23:35:57`. */
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

const traditional = /^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) (\S+) /;
const iso = /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\dT[\d:.,]{8,20}(?:Z|[+-]\d\d:?\d\d)?) (\S+) /;
// `journalctl -o short-full`; a zone that is not UTC has no offset here, and is taken to be that of the process.
const full = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?)(?:(?<! UTC) [A-Z+-][A-Z\d]{1,4})? (\S+) /;
// As the log package of Go writes it, where it goes to no syslog.
const go = /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) /;
const quotation = /^(?:> ?)+/;
const rfc5424 = /^<\d{1,3}>1 (\S+) (\S+) (\S+) (\S+) \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+)(?: \ufeff?|$)/;
// Only rg-listener's own: other programs say `memcached:` too, and so does a bare message.
const tagged = /^(railgun|rg-listener|rg_listener)(?:\[(\[[^\s\]]*\]:\d+|[^\s\]]*)\])?: ?/i;
// By $RepeatedMsgReduction of rsyslog. The message itself was written once before, on a line of its own.
const repetition = /^message repeated (\d{1,9}) times: \[ ?(.*)\]$/;
const component = /^\[(Activation)\] ?/;
const ray = /^\[([0-9a-f]{15,16}-[A-Z]{3})\] ?/i;

// As RFC 3164 has it, with the number of the process or without.
const program = /^([^\s:[\]]{1,64})(?:\[[^\s\]]*\])?:(?: |$)/;

/** What rg-listener calls itself in syslog: by its unit, or by its name. */
export const listenerTags = ['railgun', 'rg-listener', 'rg_listener'] as const;

const ofListener = new RegExp(`^(?:${listenerTags.join('|')})$`, 'i');

/** What syslog puts before a message. */
export interface SyslogHead {
  readonly form: ListenerLogForm;
  readonly time?: string;
  readonly hostname?: string;
  readonly tag?: string;
  readonly peer?: string;
  readonly rest: string;
}

/** A line without the prefix. */
export interface PrefixedLine {
  readonly prefix: ListenerPrefix;
  readonly message: string;
  /** How often it was written in one: rsyslog joins the same message so. */
  readonly times: number;
}

/** Takes off what syslog and rg-listener put before a message; the times are those of Railgun's documents. */
export function prefixOf(line: string): PrefixedLine {
  const { rest, form: _, ...head } = syslogHead(line);
  let message = rest;
  const [all = '', tag, bracket] = tagged.exec(message) ?? [];
  message = message.slice(all.length);
  const [, count, repeated] = repetition.exec(message) ?? [];
  message = repeated?.trim() ?? message;
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
    times: Math.max(Number(count ?? 1), 1),
  };
}

export function syslogHead(line: string): SyslogHead {
  const modern = rfc5424.exec(line);
  if (modern !== null) {
    const [all, time = '', hostname = '', tag = '', process = ''] = modern;
    const known = Object.entries({ time, hostname, tag }).filter(([, value]) => value !== '-');
    return {
      form: 'rfc5424',
      ...Object.fromEntries(known),
      ...(process.includes(':') && { peer: process }),
      rest: line.slice(all.length),
    };
  }
  const bsd = traditional.exec(line);
  const [all = '', time, hostname] = bsd ?? iso.exec(line) ?? full.exec(line) ?? [];
  if (time === undefined || hostname === undefined) {
    const [before = '', said] = go.exec(line) ?? [];
    return { form: 'bare', ...(said !== undefined && { time: said }), rest: line.slice(before.length) };
  }
  return { form: bsd === null ? 'iso' : 'rfc3164', time, hostname, rest: line.slice(all.length) };
}

/** The line without what mail puts before a line that it quotes. */
export function unquoted(line: string): string {
  return line.startsWith('>') ? line.replace(quotation, '') : line;
}

/** Whether a program wrote the line that is not rg-listener: by its name, whatever the line says. */
export function isOfOther({ form, tag, rest }: SyslogHead): boolean {
  if (form === 'bare') return false;
  const name = tag ?? program.exec(rest)?.[1];
  return name !== undefined && !isListener(name);
}

/** Whether a program of that name is rg-listener. */
export function isListener(name: string): boolean {
  return ofListener.test(name);
}
