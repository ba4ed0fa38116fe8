import { quoted } from './http-grammar.js';

/** Who begins like that: the first bytes that give a protocol away. */
const strangers: readonly (readonly [begins: RegExp, who: string])[] = [
  [/^http/i, 'HTTP in small letters'],
  [/^\s*</, 'a page without a head, as in HTTP/0.9'],
  [/^(?:GET|HEAD|POST|PUT|CONNECT|OPTIONS|PRI|PROXY) /, 'what a client sends, not a server'],
  [/^SSH-\d/, 'an SSH server'],
  [/^220[ -]/, 'a mail or FTP server'],
  [/^[-+](?:ERR|OK)\b/, 'a Redis or POP3 server'],
  [/mysql|mariadb/i, 'a MySQL server'],
];

/** What is wrong with bytes that do not even begin like a status line of HTTP/1. One character for each byte. */
export function strangerProblem(text: string): string {
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const found = line === '' ? 'an empty line' : quoted(line);
  const who = binaryStranger(text) ?? strangers.find(([begins]) => begins.test(line))?.[1];
  return `expected a status line such as HTTP/1.1 200 OK, found ${found}${who === undefined ? '' : `, ${who}`}`;
}

function binaryStranger(text: string): string | undefined {
  const [first = 0, second, third, fourth] = Array.from(text.slice(0, 4), (character) => character.charCodeAt(0));
  // Content types 20 to 23 and version 3.x (RFC 8446 §5.1).
  if (first >= 20 && first <= 23 && second === 3) return 'a record of TLS';
  // A frame of less than 256 bytes, of type SETTINGS (RFC 9113 §4.1): what a server of HTTP/2 says first.
  return first === 0 && second === 0 && third !== undefined && fourth === 4 ? 'a frame of HTTP/2' : undefined;
}
