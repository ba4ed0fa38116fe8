import { closeSync, openSync, writeSync } from 'node:fs';
import { random } from './random.mjs';

/** What one would give to `grep -cE` instead: the words of rg-listener's error lines that never vary. */
export const errorPatterns = [
  'connection failed',
  'no response from origin \\(timeout\\)',
  'Error getting page: ',
  'i/o timeout',
  'connection refused',
  'remote error: handshake failure',
  'x509: certificate is valid for ',
  'x509: certificate signed by unknown authority',
  'bad Content-Length: ',
  'memcached: connection failed',
  'HTTP 502',
  'Error activating: ',
].join('|');

/**
 * Writes a syslog as rsyslog does in its traditional format, over the turn of a year: half of the lines are rg-listener's (errors of 300 hosts
 * at 60 addresses, a tenth requests of log.level = 5, activations), half those of other programs.
 */
export function writeSyslog(path, lines) {
  const below = random(2);
  const hex = (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  const two = (number) => String(number).padStart(2, '0');
  const origin = () => `203.0.113.${below(60)}:${below(4) === 0 ? 80 : 443}`;
  const host = () => `www${below(300)}.example.com`;
  const peer = () => `199.27.130.${below(20)}:${10_000 + below(50_000)}`;
  const ray = () => `${hex(16)}-${['ATL', 'FRA', 'SIN'][below(3)]}`;
  const causes = [
    (at) => `connection failed ${at}/${host()}: dial tcp ${at}: i/o timeout`,
    (at) => `no response from origin (timeout) ${at}/${host()}`,
    (at) => `Error getting page: dial tcp ${at}:connection refused`,
    (at) => `connection failed ${at}/${host()}: dial tcp ${at}:connection refused`,
    (at) => `connection failed ${at}/${host()}: remote error: handshake failure`,
    (at, name = host()) => `connection failed ${at}/${name}: x509: certificate is valid for example.com, not ${name}`,
    (at) =>
      `[${ray()}] ${host()} origin request failed ${at} to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority`,
    () => 'bad Content-Length: "-1"',
    () => 'memcached: connection failed',
    () => 'dial tcp 127.0.0.1:11211: i/o timeout',
  ];
  const phases = [
    (id) =>
      `Rx [${id}... FnBegin ${id}... FnRequest GET http://${host()}/item/${below(1000)} HTTP/1.1 192.0.2.${below(256)}  ${id}... FnData DENone 374   ${id}... FnPush]`,
    (id) => `${id}... Starting connection to LAN`,
    (id) => `${id}... connected to ${origin()}`,
    (id) => `${id}... HTTP/1.1 ${[200, 200, 304, 404][below(4)]} OK`,
    (id) => `${id}... completed (${below(90_000)} body bytes in ${(below(1e6) / 1e6).toFixed(6)} seconds/0)#012`,
  ];
  /** Eight requests at a time, the next line of any of them. */
  const requests = Array.from({ length: 8 }, () => ({ id: hex(10), phase: 0 }));
  const nextOfRequest = () => {
    const request = requests[below(requests.length)];
    const line = phases[request.phase](request.id);
    request.phase = (request.phase + 1) % phases.length;
    if (request.phase === 0) request.id = hex(10);
    return line;
  };
  const activations = ['Activation POST completed.', 'Assigned Railgun ID: 1', 'Acquired cert from server'];
  const others = [
    () =>
      `sshd[${below(32_768)}]: Failed password for invalid user admin from 198.51.100.${below(256)} port ${below(65_536)} ssh2`,
    () => `CRON[${below(32_768)}]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)`,
    () =>
      `kernel: [${below(1e6)}.${below(1e6)}] [UFW BLOCK] IN=eth0 OUT= SRC=198.51.100.${below(256)} DST=203.0.113.9 LEN=40 TTL=242 PROTO=TCP SPT=${below(65_536)} DPT=23 WINDOW=1024 RES=0x00 SYN URGP=0`,
    () =>
      `nginx: 198.51.100.${below(256)} - - "GET /shop/item/${below(100_000)} HTTP/1.1" 200 ${below(90_000)} "-" "Mozilla/5.0 (X11; Linux x86_64)"`,
  ];
  const ofListener = () => {
    const kind = below(100);
    if (kind < 85) return `railgun[${peer()}]: ${causes[below(causes.length)](origin())}`;
    if (kind < 95) return `railgun[${peer()}]: ${nextOfRequest()}`;
    return `rg-listener: [Activation] ${activations[below(3)]}`;
  };
  const file = openSync(path, 'w');
  for (let done = 0; done < lines; ) {
    let text = '';
    for (const end = Math.min(lines, done + 5000); done < end; done++) {
      // Seventy days of it, whatever the number of lines.
      const second = Math.floor((done / lines) * 70 * 86_400);
      const day = Math.floor(second / 86_400);
      const date = day < 30 ? ['Nov', 1 + day] : day < 61 ? ['Dec', day - 29] : ['Jan', day - 60];
      const time = `${date[0]} ${String(date[1]).padStart(2)} ${two(Math.floor(second / 3600) % 24)}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
      text += `${time} www ${below(2) === 0 ? ofListener() : others[below(others.length)]()}\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}
