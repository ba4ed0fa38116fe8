// AssemblyScript, compiled by scripts/build-webassembly.mjs into listener-index.wasm.ts.
//
// Goes over whole lines of a log. Of most of them it sees who wrote them, when, and which line of rg-listener they are, and
// counts them. It reads a part of the grammar of listener-log-prefix.ts and listener-log-message.ts, in plain ASCII only: a line that it is not
// sure of is left to the caller, who asks those, so that nothing depends on what is done here but the time it takes. A
// property test holds the two together. State and tables are described in listener-index.ts.

// As in listener-index.ts.
const STATE: usize = 0x81000;
const CAUSES: usize = 0x81100;
const CAUSE_BYTES: usize = 512;
const SCRATCH: usize = 0x85800;
const REQUESTS: usize = 0x86000;
const REQUEST_BYTES: usize = 32;
const MOST_REQUESTS: i32 = 512;
const NAMES: usize = 0x8a000;
const KIND_BYTES: usize = 0xe0000;
const SAMPLES: usize = 0x32a000;
const SAMPLE_BYTES: i32 = 2048;
const MOST_NAMES: i32 = 4096;
const MOST_INTERVALS: f64 = 60;
const LINE_LIMIT: i32 = 64 << 10;
const NAME_LENGTH: i32 = 255;

const DONE: i32 = 0;
const LINE: i32 = 1;
const DAY: i32 = 2;
const FULL: i32 = 3;

// Offsets of numbers (f64) in the state.
const NOW: usize = 0;
const KEY_AT: usize = 8;
const SINCE: usize = 16;
const UNTIL: usize = 24;
const WIDTH: usize = 32;
const FIRST_INTERVAL: usize = 40;
const LAST_INTERVAL: usize = 48;
const FIRST: usize = 56;
const LAST: usize = 64;
// Offsets of words (i32) in the state.
const STOPPED: usize = 96;
const LINES: usize = 100;
const CONSIDERED: usize = 104;
const OTHERS: usize = 108;
const UNTIMED: usize = 112;
const FORMS: usize = 116;
const KEY_LENGTH: usize = 128;
const WANTS_REQUESTS: usize = 132;
const REQUEST_COUNT: usize = 136;
const KEY: usize = 144;

// Of a cause: count, names of each kind that are not counted by themselves, the last line; its first and last instant; intervals.
const COUNT: usize = 0;
const OTHER_NAMES: usize = 4;
const SAMPLE_START: usize = 16;
const SAMPLE_END: usize = 20;
const SAMPLE_LINE: usize = 24;
const CAUSE_FIRST: usize = 32;
const KEPT_BYTES: usize = 48;
const KEPT_LINE: usize = 52;
const CAUSE_LAST: usize = 40;
const RATE: usize = 64;

// Of a kind of names: the number of them, the bytes they take, hash table, places, texts, and counts for each cause.
const NAME_COUNT: usize = 0;
const TEXT_BYTES: usize = 4;
const TABLE: usize = 64;
const TABLE_MASK: u32 = 16383;
const MOST_PROBES: u32 = 32;
const PLACES: usize = 0x10040;
const TEXTS: usize = 0x18040;
const MOST_TEXT: i32 = 0x40000;
const NAME_COUNTS: usize = 0x58040;

const HOSTS: usize = 0;
const DESTINATIONS: usize = 1;
const MACHINES: usize = 2;

const RFC3164: i32 = 0;
const ISO: i32 = 1;
const BARE: i32 = 2;

// In the order of `indexedCauses`.
const CONNECTION_TIMEOUT: i32 = 0;
const NO_RESPONSE: i32 = 1;
const PAGE_REFUSED: i32 = 2;
const CONNECTION_REFUSED: i32 = 3;
const HANDSHAKE_FAILURE: i32 = 4;
const WRONG_HOST: i32 = 5;
const UNKNOWN_AUTHORITY: i32 = 6;
const BAD_CONTENT_LENGTH: i32 = 7;
const MEMCACHED_FAILED: i32 = 8;
const MEMCACHED_TIMEOUT: i32 = 9;
const MEMCACHED_REFUSED: i32 = 10;
const FAILED_OTHERWISE: i32 = 11;
const ACTIVATION_POSTED: i32 = 12;
const ACTIVATION_ID: i32 = 13;
const ACTIVATION_ACQUIRED: i32 = 14;
const WAN_CONNECTION: i32 = 15;
const TRANSMIT_TIME: i32 = 16;
const PING: i32 = 17;
const PONG: i32 = 18;
const REQUEST_FRAME: i32 = 19;
const DATA_FRAME: i32 = 20;
const PUSH_FRAME: i32 = 21;
const WAITING_FOR_REQUEST: i32 = 22;
const REQUEST: i32 = 23;
const LAN_CONNECTING: i32 = 24;
const LAN_CONNECTED: i32 = 25;
const REQUEST_SENT: i32 = 26;
const WAITING_FOR_RESPONSE: i32 = 27;
const RESPONSE_READY: i32 = 28;
const RESPONSE_RECEIVED: i32 = 29;
const DELTA_WANTED: i32 = 30;
const ORIGIN_STATUS: i32 = 31;
const COMPLETED: i32 = 32;
const CAUSE_COUNT: i32 = 33;

// What is said in a line: the places of its host and its destination, empty where it has none.
let hostStart: i32 = 0;
let hostEnd: i32 = 0;
let destinationStart: i32 = 0;
let destinationEnd: i32 = 0;
/** Where the message begins: behind its head, tag, component and ray id. */
const messageAt: i32 = 0;
/** The instant of the line, in ms since 1970. */
let lineAt: f64 = 0;
/** Of a line with a time without a year, in seconds. */
let timeOfDay: i32 = 0;
/** The day of the last ISO time: its ten bytes, and its beginning in ms since 1970. */
let day0: u64 = 0;
let day1: u32 = 0;
let dayAt: f64 = 0;
/** Of the last instant: the interval that it is in, [from, to) in ms, and its slot. */
let intervalFrom: f64 = 0;
let intervalTo: f64 = 0;
let slot: usize = 0;
/** The last machine: its name, and where its lines are counted. */
let machineText: usize = 0;
let machineLength: i32 = 0;
let machineCount: usize = 0;

/** The word in bytes, behind their number. */
function word(text: string): usize {
  const at = heap.alloc(16 + text.length);
  store<i32>(at, text.length);
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, at + 4);
  return at;
}

const SAYS_DIAL_TCP: usize = word('dial tcp ');
const SAYS_MEMCACHED_PORT: usize = word(':11211');
const SAYS_I_O_TIMEOUT: usize = word('i/o timeout');
const SAYS_CONNECTION_REFUSED: usize = word('connection refused');
const SAYS_CONNECT: usize = word('connect');
const SAYS_GETSOCKOPT: usize = word('getsockopt');
const SAYS_REMOTE_ERROR_HANDSHAKE_FAILURE: usize = word('remote error: handshake failure');
const SAYS_REMOTE_ERROR_TLS_HANDSHAKE_FAILURE: usize = word('remote error: tls: handshake failure');
const SAYS_X509_CERTIFICATE_SIGNED_BY_UNKNOWN_AUTHORITY: usize = word('x509: certificate signed by unknown authority');
const SAYS_X509_CERTIFICATE_IS_VALID_FOR: usize = word('x509: certificate is valid for ');
const SAYS_NOT: usize = word(', not ');
const SAYS_ORIGIN_REQUEST_FAILED: usize = word(' origin request failed ');
const SAYS_TO: usize = word(' to ');
const SAYS_FNPING: usize = word('FnPing');
const SAYS_FNPONG: usize = word('FnPong');
const SAYS_FNPUSH: usize = word('FnPush');
const SAYS_FNREQUEST: usize = word('FnRequest');
const SAYS_FNDATA: usize = word('FnData');
const SAYS_HTTP: usize = word('HTTP/');
const SAYS_WAITING_FOR_REQUEST: usize = word('waiting for request');
const SAYS_WAITING_FOR_RESPONSE: usize = word('waiting for response');
const SAYS_CONNECTED_TO: usize = word('connected to ');
const SAYS_STARTING_CONNECTION_TO_LAN: usize = word('Starting connection to LAN');
const SAYS_REQUEST_SENT_TO_SERVER: usize = word('Request sent to server');
const SAYS_RESPONSE_IS_READY: usize = word('Response is ready');
const SAYS_RECEIVED_RESPONSE: usize = word('Received response');
const SAYS_FORCING_WANTEDDELTA: usize = word('Forcing wantedDelta');
const SAYS_COMPLETED: usize = word('completed (');
const SAYS_BODY_BYTES_IN: usize = word(' body bytes in ');
const SAYS_SECONDS: usize = word(' seconds/');
const SAYS_CONNECTION_FAILED: usize = word('connection failed ');
const SAYS_ERROR: usize = word('Error ');
const SAYS_NO_RESPONSE_FROM_ORIGIN_TIMEOUT: usize = word('no response from origin (timeout) ');
const SAYS_ERROR_GETTING_PAGE: usize = word('Error getting page: ');
const SAYS_BAD_CONTENT_LENGTH: usize = word('bad Content-Length: "');
const SAYS_MEMCACHED_CONNECTION_FAILED: usize = word('memcached: connection failed');
const SAYS_ACTIVATION_POST_COMPLETED: usize = word('Activation POST completed.');
const SAYS_ACQUIRED_CERT_FROM_SERVER: usize = word('Acquired cert from server');
const SAYS_ASSIGNED_RAILGUN_ID: usize = word('Assigned Railgun ID: ');
const SAYS_HANDLING_NEW_WAN_CONNECTION: usize = word('Handling new WAN connection');
const SAYS_TRANSMIT_TIME: usize = word('Transmit time: ');
const SAYS_ACTIVATION: usize = word('[Activation]');
const SAYS_RAILGUN: usize = word('railgun');
const SAYS_RG_LISTENER: usize = word('rg-listener');
const SAYS_RG_UNDERSCORE_LISTENER: usize = word('rg_listener');
const NEWLINE_ESCAPED: usize = word('#012');

/** Whether both texts are the same; eight bytes are read at a time, also beyond their end. */
function isSame(a: usize, b: usize, length: i32): bool {
  let left = length;
  for (; left >= 8; left -= 8) {
    if (load<u64>(a) != load<u64>(b)) return false;
    a += 8;
    b += 8;
  }
  return left == 0 || ((load<u64>(a) ^ load<u64>(b)) & (((1 as u64) << ((left as u64) << 3)) - 1)) == 0;
}

/** Whether the bytes at p, before end, are those of the word. */
function says(p: i32, end: i32, word: usize): bool {
  const length = load<i32>(word);
  return end - p >= length && isSame(p, word + 4, length);
}

function isExactly(p: i32, end: i32, word: usize): bool {
  return end - p == load<i32>(word) && isSame(p, word + 4, end - p);
}

function at(p: i32): i32 {
  return load<u8>(p);
}

function isDigit(c: i32): bool {
  return <u32>(c - 0x30) < 10;
}

function isHex(c: i32): bool {
  return isDigit(c) || <u32>(c - 0x61) < 6;
}

/** The number in two digits, or a large one. */
function two(p: i32): i32 {
  const high = <u32>(at(p) - 0x30);
  const low = <u32>(at(p + 1) - 0x30);
  return high < 10 && low < 10 ? high * 10 + low : 100;
}

function lineEnd(from: i32): i32 {
  const newline = i8x16.splat(0x0a);
  let p = from;
  while (true) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(p), newline));
    if (found != 0) return p + ctz(found);
    p += 16;
  }
}

/** Whether all is printable ASCII without "#", which is how rsyslog begins an escaped byte. */
function isPlain(from: i32, end: i32): bool {
  for (let p = from; p < end; p += 16) {
    const v = v128.load(p);
    const bad = v128.or(
      i8x16.lt_s(v, i8x16.splat(0x20)),
      v128.or(i8x16.eq(v, i8x16.splat(0x7f)), i8x16.eq(v, i8x16.splat(0x23))),
    );
    let found = i8x16.bitmask(bad);
    if (end - p < 16) found &= (1 << (end - p)) - 1;
    if (found != 0) return false;
  }
  return true;
}

/** The first blank at or after p, or end. */
function blankAfter(p: i32, end: i32): i32 {
  let q = p;
  while (q < end && at(q) != 0x20) q++;
  return q;
}

function find(p: i32, end: i32, word: usize): bool {
  const first = load<u8>(word + 4);
  const last = end - load<i32>(word);
  for (let q = p; q <= last; q++) {
    if (load<u8>(q) == first && says(q, end, word)) return true;
  }
  return false;
}

function daysInMonth(year: i32, month: i32): i32 {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Takes the day of an ISO time at p. */
function takeDay(p: i32): bool {
  const century = two(p);
  const years = two(p + 2);
  const month = two(p + 5);
  const date = two(p + 8);
  if (century > 99 || years > 99 || at(p + 4) != 0x2d || at(p + 7) != 0x2d) return false;
  const year = century * 100 + years;
  if (year < 1970 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return false;
  // The years begin in March, so that the leap day is the last of its year.
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + date - 1 - 719468;
  dayAt = <f64>days * 86400000;
  day0 = load<u64>(p);
  day1 = load<u16>(p + 8);
  return true;
}

/** Reads an ISO time with a zone; where the head goes on after it, or -1. */
function isoTime(p: i32): i32 {
  if ((load<u64>(p) != day0 || load<u16>(p + 8) != day1) && !takeDay(p)) return -1;
  const hours = two(p + 11);
  const minutes = two(p + 14);
  const seconds = two(p + 17);
  if (at(p + 10) != 0x54 || at(p + 13) != 0x3a || at(p + 16) != 0x3a) return -1;
  if (hours > 23 || minutes > 59 || seconds > 60) return -1;
  let q = p + 19;
  let ms = 0;
  if (at(q) == 0x2e || at(q) == 0x2c) {
    q++;
    let unit = 100;
    const from = q;
    for (; isDigit(at(q)); q++) {
      ms += (at(q) - 0x30) * unit;
      unit /= 10;
    }
    if (q == from || q - from > 9) return -1;
  }
  let offset = 0;
  const sign = at(q);
  q++;
  if (sign == 0x2b || sign == 0x2d) {
    const zoneHours = two(q);
    q += 2;
    if (at(q) == 0x3a) q++;
    const zoneMinutes = two(q);
    q += 2;
    if (zoneHours > 23 || zoneMinutes > 59) return -1;
    offset = zoneHours * 60 + zoneMinutes;
    if (sign == 0x2d) offset = -offset;
  } else if (sign != 0x5a) return -1;
  if (at(q) != 0x20) return -1;
  lineAt = dayAt + <f64>((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + <f64>ms;
  return q + 1;
}

/** "Oct 27 23:35:57 ": takes the time of day. */
function isTraditional(p: i32): bool {
  const least = i8x16(0x41, 0, 0, 0x20, 0, 0, 0x20, 0x30, 0x30, 0x3a, 0x30, 0x30, 0x3a, 0x30, 0x30, 0x20);
  const range = i8x16(25, -1, -1, 0, -1, -1, 0, 2, 9, 0, 5, 9, 0, 6, 9, 0);
  if (!i8x16.all_true(i8x16.le_u(i8x16.sub(v128.load(p), least), range))) return false;
  const t = load<u64>(p + 7);
  const hours = ((t & 15) * 10 + ((t >> 8) & 15)) as i32;
  const minutes = (((t >> 24) & 15) * 10 + ((t >> 32) & 15)) as i32;
  const seconds = (((t >> 48) & 15) * 10 + ((t >> 56) & 15)) as i32;
  timeOfDay = (hours * 60 + minutes) * 60 + seconds;
  return hours < 24 && seconds <= 60;
}

/** Whether the caller has told when the day began, or where clocks change in it what the hour or the minute counts from. */
function isKnown(p: i32): bool {
  const length = load<i32>(STATE + KEY_LENGTH);
  const differs = load<u64>(p) ^ load<u64>(STATE + KEY);
  if (length == 7) return (differs & 0x00ffffffffffffff) == 0;
  if (length == 0 || differs != 0 || load<u16>(p + 8) != load<u16>(STATE + KEY + 8)) return false;
  return length == 10 || load<u16>(p + 10) == load<u16>(STATE + KEY + 10);
}

function hashOf(start: i32, end: i32): u32 {
  let hash: u64 = <u64>(end - start) * 0x9e3779b97f4a7c15;
  let p = start;
  for (; p + 8 <= end; p += 8) hash = rotl(hash ^ load<u64>(p), 29) * 0xff51afd7ed558ccd;
  if (p < end)
    hash = rotl(hash ^ (load<u64>(p) & (((1 as u64) << (((end - p) as u64) << 3)) - 1)), 29) * 0xff51afd7ed558ccd;
  return <u32>(hash >> 32) ^ <u32>hash;
}

/** The number of a name, or -1 where there is no room for it. */
function numberOf(kind: usize, start: i32, end: i32): i32 {
  const base = NAMES + kind * KIND_BYTES;
  const length = end - start;
  if (length > NAME_LENGTH) return -1;
  const hash = hashOf(start, end);
  for (let probe: u32 = 0; probe < MOST_PROBES; probe++) {
    const entry = base + TABLE + ((<usize>((hash + probe) & TABLE_MASK)) << 2);
    const known = load<i32>(entry) - 1;
    if (known < 0) {
      const count = load<i32>(base + NAME_COUNT);
      const used = load<i32>(base + TEXT_BYTES);
      if (count == MOST_NAMES || used + length > MOST_TEXT) return -1;
      memory.copy(base + TEXTS + used, start, length);
      store<i32>(base + PLACES + ((<usize>count) << 3), used);
      store<i32>(base + PLACES + ((<usize>count) << 3) + 4, length);
      store<i32>(base + NAME_COUNT, count + 1);
      store<i32>(base + TEXT_BYTES, used + length);
      store<i32>(entry, count + 1);
      return count;
    }
    const place = base + PLACES + ((<usize>known) << 3);
    if (load<i32>(place + 4) == length && isSame(base + TEXTS + load<i32>(place), start, length)) return known;
  }
  return -1;
}

/** Counts the machine, which mostly is the one of the line before. */
function countMachine(start: i32, end: i32): void {
  if (start == end) return;
  if (end - start != machineLength || !isSame(machineText, start, machineLength)) {
    const number = numberOf(MACHINES, start, end);
    if (number < 0) {
      store<i32>(CAUSES + OTHER_NAMES + (MACHINES << 2), load<i32>(CAUSES + OTHER_NAMES + (MACHINES << 2)) + 1);
      return;
    }
    const base = NAMES + MACHINES * KIND_BYTES;
    machineText = base + TEXTS + load<i32>(base + PLACES + ((<usize>number) << 3));
    machineLength = end - start;
    machineCount = base + NAME_COUNTS + ((<usize>number) << 2);
  }
  store<i32>(machineCount, load<i32>(machineCount) + 1);
}

function countName(kind: usize, cause: i32, start: i32, end: i32): void {
  if (start == end) return;
  const number = numberOf(kind, start, end);
  const place =
    number < 0
      ? CAUSES + <usize>cause * CAUSE_BYTES + OTHER_NAMES + (kind << 2)
      : NAMES + kind * KIND_BYTES + NAME_COUNTS + ((<usize>(cause * MOST_NAMES + number)) << 2);
  store<i32>(place, load<i32>(place) + 1);
}

/** As in rate-intervals.ts. */
function widerThan(width: f64): f64 {
  if (width < 5) return 5;
  if (width < 10) return 10;
  if (width < 30) return 30;
  if (width < 60) return 60;
  if (width < 300) return 300;
  if (width < 600) return 600;
  if (width < 1800) return 1800;
  if (width < 3600) return 3600;
  if (width < 7200) return 7200;
  if (width < 21600) return 21600;
  if (width < 43200) return 43200;
  if (width < 86400) return 86400;
  return width * 2;
}

/** Interval i is in slot i mod 64: no two of the at most 60 share one. */
function slotOf(interval: f64): usize {
  return (<usize>(<i64>interval & 63)) << 2;
}

/** Finds the interval of an instant, and makes room for it. */
function takeInterval(now: f64): void {
  let width = load<f64>(STATE + WIDTH);
  let first = load<f64>(STATE + FIRST_INTERVAL);
  let last = load<f64>(STATE + LAST_INTERVAL);
  let interval = Math.floor(now / (width * 1000));
  while (Math.max(last, interval) - Math.min(first, interval) >= MOST_INTERVALS) {
    const wider = widerThan(width);
    for (let cause: i32 = 0; cause < CAUSE_COUNT; cause++) {
      const rate = CAUSES + <usize>cause * CAUSE_BYTES + RATE;
      memory.copy(SCRATCH, rate, 256);
      memory.fill(rate, 0, 256);
      for (let i = first; i <= last; i += 1) {
        const into = rate + slotOf(Math.floor((i * width) / wider));
        store<i32>(into, load<i32>(into) + load<i32>(SCRATCH + slotOf(i)));
      }
    }
    if (first <= last) {
      first = Math.floor((first * width) / wider);
      last = Math.floor((last * width) / wider);
    }
    width = wider;
    interval = Math.floor(now / (width * 1000));
  }
  store<f64>(STATE + WIDTH, width);
  store<f64>(STATE + FIRST_INTERVAL, Math.min(first, interval));
  store<f64>(STATE + LAST_INTERVAL, Math.max(last, interval));
  intervalFrom = interval * width * 1000;
  intervalTo = intervalFrom + width * 1000;
  slot = slotOf(interval);
}

function countTime(cause: usize): void {
  const now = load<f64>(STATE + NOW);
  if (now != now) {
    store<i32>(STATE + UNTIMED, load<i32>(STATE + UNTIMED) + 1);
    return;
  }
  if (now < load<f64>(STATE + FIRST)) store<f64>(STATE + FIRST, now);
  if (now > load<f64>(STATE + LAST)) store<f64>(STATE + LAST, now);
  if (now < load<f64>(cause + CAUSE_FIRST)) store<f64>(cause + CAUSE_FIRST, now);
  if (now > load<f64>(cause + CAUSE_LAST)) store<f64>(cause + CAUSE_LAST, now);
  if (now < intervalFrom || now >= intervalTo) takeInterval(now);
  const rate = cause + RATE + slot;
  store<i32>(rate, load<i32>(rate) + 1);
}

/** The colon that stands before p, blanks between them, with a text behind `from` before it; or -1. */
function colonBefore(from: i32, p: i32): i32 {
  let q = p;
  while (q > from && at(q - 1) == 0x20) q--;
  q--;
  return q > from && at(q) == 0x3a ? q : -1;
}

/** The length of the name of a system call that ends at p, behind a colon or a blank; or 0. */
function callBefore(from: i32, p: i32): i32 {
  let length = 0;
  if (p - 7 > from && says(p - 7, p, SAYS_CONNECT)) length = 7;
  else if (p - 10 > from && says(p - 10, p, SAYS_GETSOCKOPT)) length = 10;
  if (length == 0) return 0;
  const before = at(p - length - 1);
  return before == 0x3a || before == 0x20 ? length : 0;
}

/** "dial tcp A:P: i/o timeout": 1 for a timeout, 2 for a refusal, 0 for what is not surely either; the destination is taken where `takes`. */
function dialled(p: i32, end: i32, takes: bool): i32 {
  if (!says(p, end, SAYS_DIAL_TCP)) return 0;
  const from = p + 9;
  let kind = 0;
  let q = 0;
  if (says(end - 11, end, SAYS_I_O_TIMEOUT)) {
    kind = 1;
    q = end - 11;
  } else if (says(end - 18, end, SAYS_CONNECTION_REFUSED)) {
    kind = 2;
    q = end - 18;
  } else return 0;
  q = colonBefore(from, q);
  if (q < 0) return 0;
  // Go's word for the system call that failed is no part of the address.
  const call = callBefore(from, q);
  if (call > 0) q = colonBefore(from, q - call);
  if (q < 0 || blankAfter(from, q) != q) return 0;
  if (takes) {
    if (callBefore(from, q) > 0) return 0;
    destinationStart = from;
    destinationEnd = q;
  }
  return kind;
}

/** What is said of a connection to an origin; -1 where that is not sure. */
function causeOf(p: i32, end: i32): i32 {
  if (p >= end) return -1;
  if (says(p, end, SAYS_DIAL_TCP)) {
    const why = dialled(p, end, false);
    if (why != 0) return why == 1 ? CONNECTION_TIMEOUT : CONNECTION_REFUSED;
    const e = at(end - 1) == 0x2e ? end - 1 : end;
    return says(e - 11, e, SAYS_I_O_TIMEOUT) || says(e - 18, e, SAYS_CONNECTION_REFUSED) ? -1 : FAILED_OTHERWISE;
  }
  if (isExactly(p, end, SAYS_REMOTE_ERROR_HANDSHAKE_FAILURE)) return HANDSHAKE_FAILURE;
  if (isExactly(p, end, SAYS_REMOTE_ERROR_TLS_HANDSHAKE_FAILURE)) return HANDSHAKE_FAILURE;
  if (isExactly(p, end, SAYS_X509_CERTIFICATE_SIGNED_BY_UNKNOWN_AUTHORITY)) return UNKNOWN_AUTHORITY;
  const named = SAYS_X509_CERTIFICATE_IS_VALID_FOR;
  return says(p, end, named) && find(p + load<i32>(named), end, SAYS_NOT) ? WRONG_HOST : FAILED_OTHERWISE;
}

/** "A:P/": takes the destination; where the host begins, or -1. */
function afterDestination(p: i32, end: i32): i32 {
  let q = p;
  for (; q < end; q++) {
    const c = at(q);
    if (c == 0x2f) break;
    if (c == 0x20) return -1;
  }
  if (q == end || q == p) return -1;
  destinationStart = p;
  destinationEnd = q;
  return q + 1;
}

function failed(p: i32, end: i32): i32 {
  const host = afterDestination(p, end);
  if (host < 0 || host >= end || at(host) == 0x5b) return -1;
  let q = host;
  for (; q < end; q++) {
    const c = at(q);
    if (c == 0x3a) break;
    if (c == 0x20 || c == 0x2f) return -1;
  }
  if (q == host || q + 1 >= end || isDigit(at(q + 1))) return -1;
  hostStart = host;
  hostEnd = q;
  q++;
  while (q < end && at(q) == 0x20) q++;
  return causeOf(q, end);
}

/** "H origin request failed A:P to %!s(MISSING): …" */
function requestFailed(p: i32, end: i32): i32 {
  const verb = SAYS_ORIGIN_REQUEST_FAILED;
  const host = blankAfter(p, end);
  if (host == p || !says(host, end, verb)) return -1;
  const from = host + load<i32>(verb);
  const to = blankAfter(from, end);
  if (to == from || !says(to, end, SAYS_TO)) return -1;
  const over = blankAfter(to + 4, end);
  if (over - to < 6 || over >= end || at(over - 1) != 0x3a) return -1;
  hostStart = p;
  hostEnd = host;
  destinationStart = from;
  destinationEnd = to;
  return causeOf(over + 1, end);
}

function isId(p: i32, end: i32): bool {
  if (end - p < 14 || load<u32>(p + 10) != 0x202e2e2e) return false;
  for (let i: i32 = 0; i < 10; i++) if (!isHex(at(p + i))) return false;
  return true;
}

/** Of "Rx [<id>... FnVerb …]", from behind the id on. */
function frame(p: i32, end: i32): i32 {
  if (at(end - 1) != 0x5d) return -1;
  const stop = end - 1;
  let isFirst = true;
  let isPush = false;
  let hasData = false;
  for (let q = p; q < stop; ) {
    while (q < stop && at(q) == 0x20) q++;
    const over = blankAfter(q, stop);
    if (over > q && at(q) == 0x46) {
      if (isFirst) {
        if (isExactly(q, over, SAYS_FNPING)) return PING;
        if (isExactly(q, over, SAYS_FNPONG)) return PONG;
        isPush = isExactly(q, over, SAYS_FNPUSH);
      }
      if (isExactly(q, over, SAYS_FNREQUEST)) return REQUEST_FRAME;
      if (isExactly(q, over, SAYS_FNDATA)) hasData = true;
    }
    if (over > q) isFirst = false;
    q = over;
  }
  return hasData ? DATA_FRAME : isPush ? PUSH_FRAME : -1;
}

/** "HTTP/1.1": where it ends, or -1. */
function afterVersion(p: i32, end: i32): i32 {
  if (!says(p, end, SAYS_HTTP) || end - p < 6 || !isDigit(at(p + 5))) return -1;
  return end - p >= 8 && at(p + 6) == 0x2e && isDigit(at(p + 7)) ? p + 8 : p + 6;
}

/** Behind "<id>... ". */
function ofRequest(p: i32, end: i32): i32 {
  const c = at(p);
  if (c == 0x77) {
    if (isExactly(p, end, SAYS_WAITING_FOR_REQUEST)) return WAITING_FOR_REQUEST;
    return isExactly(p, end, SAYS_WAITING_FOR_RESPONSE) ? WAITING_FOR_RESPONSE : -1;
  }
  if (c == 0x63) {
    if (says(p, end, SAYS_CONNECTED_TO)) {
      if (p + 13 >= end || blankAfter(p + 13, end) != end) return -1;
      destinationStart = p + 13;
      destinationEnd = end;
      return LAN_CONNECTED;
    }
    return completed(p, end) ? COMPLETED : -1;
  }
  if (isExactly(p, end, SAYS_STARTING_CONNECTION_TO_LAN)) return LAN_CONNECTING;
  if (isExactly(p, end, SAYS_REQUEST_SENT_TO_SERVER)) return REQUEST_SENT;
  if (isExactly(p, end, SAYS_RESPONSE_IS_READY)) return RESPONSE_READY;
  if (isExactly(p, end, SAYS_RECEIVED_RESPONSE)) return RESPONSE_RECEIVED;
  if (isExactly(p, end, SAYS_FORCING_WANTEDDELTA)) return DELTA_WANTED;
  const version = afterVersion(p, end);
  if (version >= 0) {
    const isStatus =
      end - version >= 4 &&
      at(version) == 0x20 &&
      isDigit(at(version + 1)) &&
      isDigit(at(version + 2)) &&
      isDigit(at(version + 3)) &&
      (end - version == 4 || at(version + 4) == 0x20);
    return isStatus ? ORIGIN_STATUS : -1;
  }
  return asked(p, end) ? REQUEST : -1;
}

/** "HEAD http://example.com/ HTTP/1.1 188.165.194.208 []" */
function asked(p: i32, end: i32): bool {
  let q = p;
  while (q < end && <u32>(at(q) - 0x41) < 26) q++;
  if (q == p || q >= end || at(q) != 0x20) return false;
  const url = q + 1;
  q = blankAfter(url, end);
  if (q == url || q >= end) return false;
  q = afterVersion(q + 1, end);
  if (q < 0 || q >= end || at(q) != 0x20) return false;
  const visitor = q + 1;
  q = blankAfter(visitor, end);
  return q > visitor && end - q >= 3 && at(q + 1) == 0x5b && at(end - 1) == 0x5d;
}

/** "completed (0 body bytes in 0.001572 seconds/0)" */
function completed(p: i32, end: i32): bool {
  if (!says(p, end, SAYS_COMPLETED)) return false;
  let q = p + 11;
  const bytes = q;
  while (q < end && isDigit(at(q))) q++;
  if (q == bytes || !says(q, end, SAYS_BODY_BYTES_IN)) return false;
  q += 15;
  const seconds = q;
  while (q < end && (isDigit(at(q)) || at(q) == 0x2e)) q++;
  if (q == seconds || !says(q, end, SAYS_SECONDS)) return false;
  q += 9;
  while (q < end && at(q) != 0x29) q++;
  return q == end - 1;
}

/** What the message is; -1 where that is not sure. `isRequest` is told by the cause: all from PING to COMPLETED have an id. */
function messageOf(p: i32, end: i32): i32 {
  const c = at(p);
  if (c == 0x63 && says(p, end, SAYS_CONNECTION_FAILED)) return failed(p + 18, end);
  if (isHex(c) && isId(p, end)) {
    // Free text may also say something of the activation.
    return find(p, end, SAYS_ERROR) ? -1 : ofRequest(p + 14, end);
  }
  if ((c == 0x52 || c == 0x54) && at(p + 1) == 0x78 && at(p + 2) == 0x20 && at(p + 3) == 0x5b && isId(p + 4, end)) {
    return find(p, end, SAYS_ERROR) ? -1 : frame(p + 18, end);
  }
  if (c == 0x6e && says(p, end, SAYS_NO_RESPONSE_FROM_ORIGIN_TIMEOUT)) {
    const host = afterDestination(p + 34, end);
    if (host < 0 || host >= end || blankAfter(host, end) != end) return -1;
    hostStart = host;
    hostEnd = end;
    return NO_RESPONSE;
  }
  if (c == 0x45 && says(p, end, SAYS_ERROR_GETTING_PAGE)) return dialled(p + 20, end, true) == 2 ? PAGE_REFUSED : -1;
  if (c == 0x64 && says(p, end, SAYS_DIAL_TCP)) {
    const why = dialled(p, end, true);
    if (why == 0) return -1;
    // Of memcached by its port alone: the address says it otherwise, or not.
    const port = destinationEnd - load<i32>(SAYS_MEMCACHED_PORT);
    return port >= destinationStart && says(port, destinationEnd, SAYS_MEMCACHED_PORT)
      ? why == 1
        ? MEMCACHED_TIMEOUT
        : MEMCACHED_REFUSED
      : -1;
  }
  if (c == 0x62 && says(p, end, SAYS_BAD_CONTENT_LENGTH)) {
    let q = p + 21;
    while (q < end && at(q) != 0x22 && at(q) != 0x20) q++;
    return q == end - 1 && at(q) == 0x22 ? BAD_CONTENT_LENGTH : -1;
  }
  if (c == 0x6d && isExactly(p, end, SAYS_MEMCACHED_CONNECTION_FAILED)) return MEMCACHED_FAILED;
  if (c == 0x41) {
    if (isExactly(p, end, SAYS_ACTIVATION_POST_COMPLETED)) return ACTIVATION_POSTED;
    if (isExactly(p, end, SAYS_ACQUIRED_CERT_FROM_SERVER)) return ACTIVATION_ACQUIRED;
    const id = SAYS_ASSIGNED_RAILGUN_ID;
    if (says(p, end, id))
      return end > p + load<i32>(id) && blankAfter(p + load<i32>(id), end) == end ? ACTIVATION_ID : -1;
  }
  if (c == 0x48 && isExactly(p, end, SAYS_HANDLING_NEW_WAN_CONNECTION)) return WAN_CONNECTION;
  if (c == 0x54 && says(p, end, SAYS_TRANSMIT_TIME)) {
    return end > p + 15 && blankAfter(p + 15, end) == end ? TRANSMIT_TIME : -1;
  }
  return requestFailed(p, end);
}

/** "[Activation] " and "[2a074d8b36f00000-ATL] " before a message; where it begins, or -1. */
function afterBrackets(p: i32, end: i32): i32 {
  let q = p;
  if (at(q) == 0x5b && says(q, end, SAYS_ACTIVATION)) {
    q += 12;
    if (at(q) == 0x20) q++;
  }
  if (at(q) != 0x5b) return q;
  let over = q + 1;
  while (isHex(at(over) | 0x20)) over++;
  const digits = over - q - 1;
  if (digits < 15 || digits > 16 || at(over) != 0x2d || at(over + 4) != 0x5d) return -1;
  for (let i: i32 = 1; i < 4; i++) if (<u32>((at(over + i) | 0x20) - 0x61) >= 26) return -1;
  over += 5;
  if (at(over) == 0x20) over++;
  return over;
}

function isInRange(): bool {
  const now = load<f64>(STATE + NOW);
  return !(now < load<f64>(STATE + SINCE) || now > load<f64>(STATE + UNTIL));
}

function add(offset: usize): void {
  store<i32>(STATE + offset, load<i32>(STATE + offset) + 1);
}

function isListener(p: i32, length: i32): bool {
  if (length == 7) return says(p, p + 7, SAYS_RAILGUN);
  return length == 11 && (says(p, p + 11, SAYS_RG_LISTENER) || says(p, p + 11, SAYS_RG_UNDERSCORE_LISTENER));
}

/** Whether a line begins at p, before `over`, that says when and where it was written: then it is not the rest of one that was wrapped. */
function hasHead(p: i32, over: i32): bool {
  if (p >= over) return false;
  let q = -1;
  if (isDigit(at(p))) q = isoTime(p);
  else if (isTraditional(p) && <u32>(at(p + 1) - 0x61) < 26 && <u32>(at(p + 2) - 0x61) < 26 && isDigit(at(p + 5))) {
    if (at(p + 4) == 0x20 || isDigit(at(p + 4))) q = p + 16;
  }
  if (q < 0) return false;
  const machine = nameEnd(q, 0x20);
  return machine > q && at(machine) == 0x20;
}

/** Counts the line of [start, end), in a window up to `over`; false where the caller must look at it. */
function take(start: i32, end: i32, over: i32, form: i32, machineStart: i32, machineEnd: i32, p: i32): bool {
  // What syslog and Windows put behind a line.
  let e = end;
  while (true) {
    while (e > p && (at(e - 1) == 0x20 || at(e - 1) == 0x0d || at(e - 1) == 0x09)) e--;
    if (!says(e - 4, e, NEWLINE_ESCAPED) || e - 4 < p) break;
    e -= 4;
  }
  if (e == p || !isPlain(p, e)) return false;
  const message = afterBrackets(p, e);
  if (message < 0 || message >= e) return false;
  hostStart = 0;
  hostEnd = 0;
  destinationStart = 0;
  destinationEnd = 0;
  const cause = messageOf(message, e);
  if (cause < 0) return false;
  // What follows may make it another one.
  if (cause == FAILED_OTHERWISE && !hasHead(end + 1, over)) return false;
  add(CONSIDERED);
  add(FORMS + ((<usize>form) << 2));
  countMachine(machineStart, machineEnd);
  const entry = CAUSES + <usize>cause * CAUSE_BYTES;
  store<i32>(entry, load<i32>(entry) + 1);
  store<i32>(entry + SAMPLE_START, start);
  store<i32>(entry + SAMPLE_END, end);
  store<i32>(entry + SAMPLE_LINE, load<i32>(STATE + LINES));
  countName(HOSTS, cause, hostStart, hostEnd);
  countName(DESTINATIONS, cause, destinationStart, destinationEnd);
  countTime(entry);
  if (cause >= PING && load<i32>(STATE + WANTS_REQUESTS) != 0) {
    const request = REQUESTS + <usize>load<i32>(STATE + REQUEST_COUNT) * REQUEST_BYTES;
    add(REQUEST_COUNT);
    store<f64>(request, load<f64>(STATE + NOW));
    store<i32>(request + 8, start);
    store<i32>(request + 12, message);
    store<i32>(request + 16, e);
    store<i32>(request + 20, cause);
    store<i32>(request + 24, load<i32>(STATE + LINES));
  }
  return true;
}

/**
 * Goes over the lines of [from, end), which ends with a newline; where it stopped. `STOPPED` says why: at the end, at a line that the caller
 * must read, at a line whose day the caller must tell, or because the list of requests is full.
 */
export function scan(from: i32, end: i32): i32 {
  let start = from;
  while (start < end) {
    if (load<i32>(STATE + REQUEST_COUNT) == MOST_REQUESTS) {
      store<i32>(STATE + STOPPED, FULL);
      return start;
    }
    const over = lineEnd(start);
    const length = over - start;
    if (length > LINE_LIMIT || length < 8) {
      store<i32>(STATE + STOPPED, LINE);
      return start;
    }
    let form = BARE;
    let p = start;
    const c = at(start);
    if (isDigit(c) && length > 32 && at(start + 4) == 0x2d) {
      p = isoTime(start);
      form = ISO;
      // The year of a time without one is inferred from the line before.
      store<i32>(STATE + KEY_LENGTH, 0);
    } else if (length > 20 && isTraditional(start)) {
      if (!isKnown(start)) {
        store<i32>(STATE + STOPPED, DAY);
        return start;
      }
      lineAt = load<f64>(STATE + KEY_AT) + <f64>timeOfDay * 1000;
      p = start + 16;
      form = RFC3164;
    }
    let machineEnd = p;
    const machine = p;
    let isOurs = true;
    if (form != BARE && p >= 0) {
      p = afterTag(p, over);
      machineEnd = machineOver;
      isOurs = tagIsOurs;
    } else if (c <= 0x20 || c == 0x3c || c == 0x7b || c == 0x2d || (c | 0x20) == 0x72) {
      // Blanks, a priority, journald's JSON, journalctl's own lines, a tag, or a received frame.
      if (c != 0x52 || at(start + 1) != 0x78) p = -1;
    }
    if (p < 0 || p > over) {
      store<i32>(STATE + STOPPED, LINE);
      return start;
    }
    const isConsidered = isInRange();
    if (!isConsidered && form == BARE) {
      // It may have a time that only the caller can read.
      store<i32>(STATE + STOPPED, LINE);
      return start;
    }
    if (isConsidered) {
      if (!isOurs) {
        add(CONSIDERED);
        add(OTHERS);
      } else if (!take(start, over, end, form, machine, machineEnd, p)) {
        store<i32>(STATE + STOPPED, LINE);
        return start;
      }
    }
    add(LINES);
    start = over + 1;
  }
  store<i32>(STATE + STOPPED, DONE);
  return start;
}

let machineOver: i32 = 0;
let tagIsOurs: bool = false;

/** The first byte at or after p that is the mark, a bracket, a blank, "#", or no printable ASCII. */
function nameEnd(p: i32, mark: i32): i32 {
  let q = p;
  while (true) {
    const v = v128.load(q);
    const bracket = v128.or(i8x16.eq(v, i8x16.splat(0x5b)), i8x16.eq(v, i8x16.splat(0x5d)));
    const other = v128.or(i8x16.eq(v, i8x16.splat(0x7f)), i8x16.eq(v, i8x16.splat(0x23)));
    const found = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(v, i8x16.splat(<i8>mark)), bracket), v128.or(other, i8x16.lt_s(v, i8x16.splat(0x21)))),
    );
    if (found != 0) return q + ctz(found);
    q += 16;
  }
}

/** "www railgun[199.27.130.135:22114]: ": where the message begins, or -1. */
function afterTag(p: i32, end: i32): i32 {
  const isLast = machineLength > 0 && isSame(p, machineText, machineLength) && at(p + machineLength) == 0x20;
  let q = isLast ? p + machineLength : nameEnd(p, 0x20);
  if (q == p || at(q) != 0x20) return -1;
  machineOver = q;
  store<f64>(STATE + NOW, lineAt);
  const tag = q + 1;
  q = nameEnd(tag, 0x3a);
  const length = q - tag;
  if (length == 0 || length > 64) return -1;
  if (at(q) == 0x5b) {
    q = nameEnd(q + 1, 0x5d);
    if (at(q) != 0x5d) return -1;
    q++;
  }
  if (at(q) != 0x3a) return -1;
  q++;
  tagIsOurs = isListener(tag, length);
  if (tagIsOurs) return at(q) == 0x20 ? q + 1 : q;
  // Its name may be written in capitals.
  if ((at(tag) | 0x20) == 0x72 && (length == 7 || length == 11)) return -1;
  return at(q) == 0x20 ? q + 1 : -1;
}

/** Copies the last line of each cause out of the window, before that gets other bytes. */
export function keepSamples(): void {
  for (let cause: i32 = 0; cause < CAUSE_COUNT; cause++) {
    const entry = CAUSES + <usize>cause * CAUSE_BYTES;
    const end = load<i32>(entry + SAMPLE_END);
    if (end == 0) continue;
    const start = load<i32>(entry + SAMPLE_START);
    const length = end - start < SAMPLE_BYTES ? end - start : SAMPLE_BYTES;
    memory.copy(SAMPLES + <usize>(cause * SAMPLE_BYTES), start, length);
    store<i32>(entry + KEPT_BYTES, length);
    store<i32>(entry + KEPT_LINE, load<i32>(entry + SAMPLE_LINE));
    store<i32>(entry + SAMPLE_END, 0);
  }
}
