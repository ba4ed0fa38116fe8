import { type Certificate, decodeCertificate } from '../../decoders/certificate.js';
import { originCaRootOf } from '../../decoders/origin-ca.js';
import { eachPemBlock } from '../../decoders/pem.js';
import { decodePrivateKey } from '../../decoders/private-key.js';
import { type NamedFile, namedFilesOf } from '../../decoders/railgun-files.js';
import { fileStatus, folderOf } from '../../io/file-status.js';
import { readRawFile } from '../../io/read-raw-file.js';
import type { Failure, Outcome } from '../../model/failure.js';
import type { ReadConf } from './conf-facts.js';
import type { ReferredFile } from './facts.js';

/** Bytes. The bundles of whole operating systems have less than half a megabyte. */
const longest = 1_000_000;

/** Certificates that are shown of a `cert.file`. */
const mostShown = 20;

/** What is there of the files that settings name. `map.file` is read elsewhere. */
export async function lookAtNamedFiles({ conf, indexOf }: ReadConf, signal: AbortSignal): Promise<ReferredFile[]> {
  const files: ReferredFile[] = [];
  let leaf: Uint8Array | undefined;
  for (const named of namedFilesOf(conf)) {
    const { key, path, use } = named;
    const place = { key, setting: indexOf.get(named.setting) ?? 0, path };
    const status = await fileStatus(path);
    if (use === 'writes') {
      files.push({ ...place, ...(status.ok && { status: status.value }), ...(await folderFacts(named)) });
      continue;
    }
    if (!status.ok) {
      files.push({ ...place, failure: status.failure });
      continue;
    }
    const seen = { ...place, status: status.value };
    if (use === 'connects' || key === 'map.file') {
      files.push(seen);
      continue;
    }
    const read = await readRawFile(path, longest, signal);
    const text = read.ok ? read.value.toString('latin1') : '';
    if (!read.ok) files.push({ ...seen, failure: read.failure });
    else if (key === 'key.file') files.push({ ...seen, ...keyFacts(text, path, leaf) });
    else {
      const { certificates, damaged } = certificatesIn(text);
      if (key === 'cert.file') leaf = certificates[0]?.der;
      files.push({ ...seen, ...certificateFacts(key, path, certificates, damaged) });
    }
  }
  return files;
}

async function folderFacts({ path }: NamedFile): Promise<Pick<ReferredFile, 'folder'>> {
  const folder = folderOf(path);
  const status = await fileStatus(folder);
  return { folder: { path: folder, ...found(status) } };
}

function found<Status>(outcome: Outcome<Status>) {
  return outcome.ok ? { status: outcome.value } : { failure: outcome.failure };
}

function keyFacts(text: string, path: string, leaf: Uint8Array | undefined): Partial<ReferredFile> {
  const key = decodePrivateKey(text, leaf);
  return 'problem' in key ? { failure: malformed(`${path}: ${key.problem}`) } : { privateKey: key };
}

type Damaged = NonNullable<ReferredFile['damaged']>;

function certificatesIn(text: string): { readonly certificates: readonly Certificate[]; readonly damaged: Damaged } {
  const certificates: Certificate[] = [];
  const damaged: { line: number; detail: string }[] = [];
  let [line, counted] = [1, 0];
  for (const { kind, at, bytes } of eachPemBlock(text)) {
    for (; counted < at; counted += 1) if (text.charCodeAt(counted) === 0x0a) line += 1;
    if (kind !== 'certificate') continue;
    const decoded = bytes && decodeCertificate(bytes);
    if (decoded?.ok) certificates.push(decoded.certificate);
    else damaged.push({ line, detail: decoded?.failure.detail ?? 'the block is not whole, or no base64' });
  }
  return { certificates, damaged };
}

function certificateFacts(
  key: string,
  path: string,
  certificates: readonly Certificate[],
  damaged: Damaged,
): Partial<ReferredFile> {
  const facts = damaged.length > 0 ? { damaged } : {};
  if (certificates.length === 0) {
    return { ...facts, failure: malformed(`${path}: there is no certificate in PEM form in it that can be read`) };
  }
  if (key === 'cert.file') {
    return { ...facts, certificates: certificates.slice(0, mostShown).map((certificate) => certificate.facts) };
  }
  const roots = certificates.flatMap((certificate) => originCaRootOf(certificate)?.organizationalUnit ?? []);
  return { ...facts, count: certificates.length, originCa: [...new Set(roots)] };
}

function malformed(detail: string): Failure {
  return { code: 'malformed', step: 'decode', blame: 'us', detail };
}
