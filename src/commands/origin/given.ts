import { type Header, headersIn } from '../../decoders/edge-request.js';
import type { Failure } from '../../model/failure.js';
import { Secret } from '../../model/secret.js';
import type { OriginAsked } from './facts.js';

/** What the files that were given hold, read once for a run. */
export interface Given {
  /** Headers of the user. */
  readonly headers: readonly Header[];
  /** PEM, with its key. */
  readonly clientCertificate?: Secret;
}

/** Bytes: nobody sends more in headers, or shows a longer chain. */
const longestFile = 1_000_000;

const given = new WeakMap<OriginAsked, Promise<Given | Failure>>();

/** The files of `--header-file` and `--client-cert`; the failure where one cannot be used. */
export function givenOf(asked: OriginAsked, signal: AbortSignal): Promise<Given | Failure> {
  let files = given.get(asked);
  if (files === undefined) {
    files = readGiven(asked, signal);
    given.set(asked, files);
  }
  return files;
}

async function readGiven({ headerFile, clientCert }: OriginAsked, signal: AbortSignal): Promise<Given | Failure> {
  let headers: readonly Header[] = [];
  if (headerFile !== undefined) {
    const text = await textOf(headerFile, signal);
    if (typeof text !== 'string') return text;
    const read = headersIn(text);
    if ('problem' in read) return malformed(`${headerFile}: ${read.problem}`);
    headers = read;
  }
  if (clientCert === undefined) return { headers };
  const text = await textOf(clientCert, signal);
  if (typeof text !== 'string') return text;
  for (const [what, mark] of [
    ['certificate', /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/],
    ['key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ] as const) {
    if (!mark.test(text)) return malformed(`${clientCert} holds no ${what} in PEM form, and both are needed`);
  }
  const { tlsContext } = await import('../../io/tls-context.js');
  try {
    tlsContext({ ca: [], clientCertificate: text });
  } catch (error) {
    const said = (error as Error).message.replace(/^error:[0-9A-F]+:/i, '');
    return malformed(`${clientCert} cannot be used as a certificate with its key: ${said}`);
  }
  return { headers, clientCertificate: new Secret(text) };
}

async function textOf(path: string, signal: AbortSignal): Promise<string | Failure> {
  const { readBytes } = await import('../../io/read-bytes.js');
  const read = await readBytes(path, longestFile, signal);
  // Editors of Windows begin with a mark that says it is UTF-8.
  return read.ok ? read.value.toString('latin1').replace(/^\xef\xbb\xbf/, '') : read.failure;
}

function malformed(detail: string): Failure {
  return { code: 'malformed', step: 'input', blame: 'us', detail };
}
