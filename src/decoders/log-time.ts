const day = 86_400_000;
const halfYear = 182.5 * day;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Some write fractions (`journalctl -o short-precise`); 60 is a leap second.
const traditional = /^([A-Z][a-z]{2}) ([ \d]?\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/;
const blank = /^(\d{4})[-/](\d\d)[-/](\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)( UTC)?$/;
const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?$/;

/** Reads the times of a log's lines, one after the other. */
export interface LogClock {
  /**
   * The instant of a time as syslog writes it, in ms since 1970; fractions of a ms are cut off. Undefined where it is none, or of
   * a year before 1970. What has no zone is local time, by the zone of the process.
   *
   * - ISO 8601 (`2012-10-27T23:35:57.123456+00:00`): RFC 5424, rsyslog, `journalctl -o short-iso`.
   * - The same with a blank before the time, also with ` UTC` behind it or with slashes (`2012/10/27 23:35:57`): `journalctl
   *   -o short-full`, and Go's own log.
   * - RFC 3164 (`Oct 27 23:35:57`), which has no year: the last one in which the first line is not more than a day after
   *   `asOf`; from then on, more than half a year backwards is New Year, and almost a year forwards a line that came late
   *   over New Year. No line is more than a day after `asOf`, and 29 February is in a leap year.
   */
  instant(time: string): number | undefined;
  /** The instant of the line before, in ms since 1970. */
  before: number | undefined;
}

/** @param asOf ms since 1970 */
export function createLogClock(asOf: number): LogClock {
  const clock: LogClock = { before: undefined, instant };

  function instant(time: string): number | undefined {
    const at = instantOf(time) ?? ofTraditional(time);
    if (at !== undefined) clock.before = at;
    return at;
  }

  function ofTraditional(time: string): number | undefined {
    const [, name = '', ...numbers] = traditional.exec(time) ?? [];
    const [date = 0, hours = 0, minutes = 0, seconds = 0] = numbers.slice(0, 4).map(Number);
    const month = months.indexOf(name);
    if (month < 0 || hours > 23 || minutes > 59 || seconds > 60) return undefined;
    // A leap year: who writes no year may mean 29 February.
    if (!isDate(2024, month, date)) return undefined;
    const of = (year: number) =>
      new Date(year, month, date, hours, minutes, seconds, thousandths(numbers[4])).getTime();
    let year = yearOf(clock.before, of);
    while (year >= 1970 && (of(year) > asOf + day || !isDate(year, month, date))) year -= 1;
    const at = of(year);
    return at >= 0 ? at : undefined;
  }

  function yearOf(before: number | undefined, of: (year: number) => number): number {
    if (before === undefined) return new Date(asOf + day).getFullYear();
    const year = new Date(before).getFullYear();
    if (of(year) < before - halfYear) return year + 1;
    return of(year) > before + 364 * day ? year - 1 : year;
  }

  return clock;
}

/** The instant of a time that says its year, in ms since 1970: see `LogClock`. */
export function instantOf(time: string): number | undefined {
  const [, years = '', ...rest] = iso.exec(time) ?? iso.exec(withoutBlanks(time)) ?? [];
  const year = Number(years);
  const [month = 0, date = 0, hours = 0, minutes = 0, seconds = 0] = rest.slice(0, 5).map(Number);
  if (year < 1970 || !isDate(year, month - 1, date) || hours > 23 || minutes > 59 || seconds > 60) return undefined;
  const [fraction, zone, sign, zoneHours, zoneMinutes] = rest.slice(5);
  const parts = [year, month - 1, date, hours, minutes, seconds, thousandths(fraction)] as const;
  if (zone === undefined) return new Date(...parts).getTime();
  const offset = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * 60_000;
  return Date.UTC(...parts) - (sign === '-' ? -offset : offset);
}

/** As ISO 8601 has it. */
function withoutBlanks(time: string): string {
  return time.replace(blank, (_, year, month, date, of, zone = '') => `${year}-${month}-${date}T${of}${zone && 'Z'}`);
}

/** The instant of journald's `__REALTIME_TIMESTAMP` (microseconds since 1970), in ms since 1970. */
export function instantOfMicroseconds(text: string): number | undefined {
  // Until the year 5138: journald's numbers have 16 digits in our time.
  return /^\d{1,17}$/.test(text) ? Math.floor(Number(text) / 1000) : undefined;
}

function thousandths(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function isDate(year: number, month: number, date: number): boolean {
  return month >= 0 && month < 12 && date >= 1 && date <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
