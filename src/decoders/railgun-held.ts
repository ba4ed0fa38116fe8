import {
  type RailgunParameter,
  type RailgunParameterType,
  railgunParameterOf,
} from '../knowledge/railgun-parameters.js';
import { type RailgunConf, settingsOf } from './railgun-conf.js';
import { bareValueOf, type Slip, slipsIn } from './railgun-slips.js';
import { expectedOf, valueProblem } from './railgun-value.js';

/** What holds for a key, by the line that counts for it. */
export interface HeldValue {
  /** Absent: it may not be seen, or nothing is set that is a path and no default is documented. */
  readonly text?: string;
  /** The line cannot be read as what the key takes, and the default holds: why, a sentence without a full stop. */
  readonly unread?: string;
  /** The value is a path, which was taken without these. */
  readonly slips?: readonly Slip[];
}

/** What may rightly have something in it that nobody is shown. */
const mayBeSecret: readonly RailgunParameterType[] = [
  'url',
  'text',
  'token',
  'host-port',
  'host-or-ip',
  'servers',
  'syslog',
];

/**
 * What holds where the line that counts sets a key to `written`, without blanks around it (nothing: it may not be seen). How
 * rg-listener reads slips is documented nowhere. rg-diag takes a path, also that of a socket, as it is meant: no other file
 * was. Anything else counts as it stands, and where that cannot be read the documented default does; without one, it is taken as
 * it is meant too.
 */
export function heldValue(row: RailgunParameter, written: string | undefined): HeldValue {
  const { type, default: byDefault } = row;
  const held = byDefault === undefined ? {} : { text: byDefault };
  if (written === undefined) {
    if (mayBeSecret.includes(type)) return {};
    return { ...held, unread: `expected ${expectedOf(row)}, found what could be a secret` };
  }
  const bare = bareValueOf(written);
  const isPath = type === 'path' || ((type === 'servers' || type === 'syslog') && bare.startsWith('/'));
  // Where there is no default, nothing else can hold either.
  if (byDefault === undefined && !isPath) return { text: bare };
  const text = isPath ? bare : written;
  const unread = unreadable(row, text);
  if (unread !== undefined) return { ...held, unread };
  const slips = isPath ? slipsIn(written) : [];
  return { text, ...(slips.length > 0 && { slips }) };
}

/** What holds for a key in a file, by the last line that sets it; nothing where it may not be seen, or there is none. */
export function heldIn(conf: RailgunConf, key: string): string | undefined {
  const row = railgunParameterOf(key);
  const last = settingsOf(conf).get(key)?.at(-1)?.value.text;
  if (row === undefined || last === undefined) return row?.default;
  return heldValue(row, typeof last === 'string' ? last : undefined).text;
}

function unreadable(row: RailgunParameter, text: string): string | undefined {
  const { key, type, default: byDefault = '' } = row;
  if (text === '') return byDefault === '' ? undefined : `expected ${expectedOf(row)}, found nothing`;
  // Whether that is no time or any is not documented, and none of them can be waited for.
  if (key === 'lan.timeout' && /^0{1,9}$/.test(text))
    return `expected a number of seconds, at least 1, found “${text}”`;
  const problem = valueProblem(row, text);
  if (problem === undefined || problem.kind === 'undocumented') return undefined;
  // A path is what it is, whatever a shell would make of it.
  return type === 'path' && text.startsWith('~') && !/\p{Cc}/u.test(text) ? undefined : problem.says;
}
