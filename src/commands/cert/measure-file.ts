import { pemBlocks } from '../../decoders/pem.js';
import { judgePresented } from '../../decoders/presented-chain.js';
import { asciiName } from '../../io/ascii-name.js';
import { readBytes } from '../../io/read-bytes.js';
import type { Failure } from '../../model/failure.js';
import type { MeasureContext } from '../command.js';
import { criteriaOf } from './criteria.js';
import type { CertAsked, FileFacts, UnreadFacts } from './facts.js';

/** The bundles of whole operating systems have less than half a megabyte. */
const fileCap = 8 * 1024 * 1024;

/** The certificates of a PEM or DER file, judged like those that a server sends. */
export async function measureFile(
  path: string,
  asked: CertAsked,
  { signal, now }: MeasureContext,
): Promise<FileFacts | UnreadFacts> {
  const unread = (failure: Failure): UnreadFacts => ({ kind: 'unread', asked, file: path, failure });
  const criteria = await criteriaOf(asked, signal);
  if ('code' in criteria) return unread(criteria);
  const read = await readBytes(path, fileCap, signal);
  if (!read.ok) return unread(read.failure);
  const bytes = read.value;
  const isPem = bytes.includes('-----BEGIN ');
  const { certificates, others, damaged } = isPem
    ? pemBlocks(bytes.toString('latin1'))
    : { certificates: bytes.length === 0 ? [] : [new Uint8Array(bytes)], others: [], damaged: 0 };
  const malformed = (detail: string) => unread({ code: 'malformed', step: 'decode', blame: 'us', detail });
  if (certificates.length === 0) return malformed(emptyBecause(bytes.length, others, damaged));
  const host = asked.servername === undefined ? undefined : asciiName(asked.servername);
  const observedAt = now();
  const chain = await judgePresented(
    {
      certificates,
      ...(host !== undefined && { host }),
      now: observedAt,
      askedForStaple: false,
      leafIsFirst: false,
    },
    criteria,
  );
  if (!('chain' in chain)) return malformed(chain.unreadable[0]?.failure.detail ?? 'not a certificate');
  return {
    kind: 'file',
    asked,
    observedAt: new Date(observedAt).toISOString(),
    file: path,
    ...(host !== undefined && { host }),
    ...chain,
    trust: criteria.trust,
    ...(others.length > 0 && { others }),
  };
}

function emptyBecause(length: number, others: readonly string[], damaged: number): string {
  if (length === 0) return 'the file is empty';
  if (damaged > 0) return `no certificate can be read: ${damaged} PEM block${damaged === 1 ? ' is' : 's are'} damaged`;
  if (others.length > 0) return `there is no certificate in the file, only ${[...new Set(others)].join(', ')}`;
  return 'there is no certificate in the file';
}
