const units: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 };

/** What a spelling of an instant is counted from: nothing (a date), the present instant, or the present day. */
export type TimeBase = 'date' | 'now' | 'today';

/** That of a spelling which `instantOf` knows: two of one base are in the same order whatever the time is. */
export function timeBaseOf(text: string): TimeBase {
  const spelled = text.trim();
  if (/^\d{4}-/.test(spelled)) return 'date';
  return spelled === 'today' || spelled === 'yesterday' || spelled.includes(':') ? 'today' : 'now';
}

/**
 * The instant that a person spells, in milliseconds since the epoch: RFC 3339; a date with or without a time, or a time of
 * today, local where no zone is given; `15m` and the like, so long before `now`; `now`, `today` and `yesterday`. Nothing
 * where it is none of these, or further away than a Date can be.
 */
export function instantOf(text: string, now: number): number | undefined {
  const instant = spelledInstant(text, now);
  return instant === undefined || Math.abs(instant) > 8.64e15 ? undefined : instant;
}

function spelledInstant(text: string, now: number): number | undefined {
  const spelled = text.trim();
  if (spelled === 'now') return now;
  if (spelled === 'today') return midnight(now, 0);
  if (spelled === 'yesterday') return midnight(now, -1);
  const [, count, unit = ''] = /^-?(\d{1,9}(?:\.\d{1,3})?)\s?(s|m|min|h|d|w)(?: ago)?$/.exec(spelled) ?? [];
  if (count !== undefined) return now - Number(count) * (units[unit] ?? 0) * 1000;
  const [, hour, minute = '', second = '0'] = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(spelled) ?? [];
  if (hour !== undefined) {
    const today = new Date(now);
    return localOf([today.getFullYear(), today.getMonth() + 1, today.getDate(), +hour, +minute, +second, 0]);
  }
  return dateOf(spelled);
}

function dateOf(text: string): number | undefined {
  const [all, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone] =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-]\d\d:?\d\d))?)?$/i.exec(
      text,
    ) ?? [];
  if (all === undefined) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const parts: Parts = [+year, +month, +day, +hour, +minute, +second, milliseconds];
  if (zone === undefined) return localOf(parts);
  const utc = Date.UTC(parts[0], parts[1] - 1, ...(parts.slice(2) as [number, number, number, number, number]));
  if (!isReal(parts, new Date(utc).getUTCDate())) return undefined;
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const offset = sign === undefined ? 0 : (+hours * 60 + +minutes) * (sign === '-' ? -1 : 1);
  return utc - offset * 60_000;
}

type Parts = [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  milliseconds: number,
];

/** Where the clocks are put forward, an hour that does not exist is the one after it. */
function localOf(parts: Parts): number | undefined {
  const [year, month, day, hour, minute, second, milliseconds] = parts;
  const date = new Date(year, month - 1, day, hour, minute, second, milliseconds);
  return isReal(parts, new Date(year, month - 1, day).getDate()) ? date.getTime() : undefined;
}

/** 30 February would be taken for 2 March. */
function isReal([, month, day, hour, minute, second]: Parts, actualDay: number): boolean {
  return month >= 1 && month <= 12 && day === actualDay && hour < 24 && minute < 60 && second < 60;
}

function midnight(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
