import { type Certificate, decodeCertificate, subjectKeyOf } from './certificate.js';
import { pemBlocks } from './pem.js';

/** Authorities, found by the name of their subject; each is decoded when it is first asked for. */
export interface TrustStore {
  /** The certificates of that subject; an empty list where there is none. */
  ofSubject(key: string): readonly Certificate[];
  /** How many there are. */
  readonly size: number;
}

/** A store of the certificates in PEM texts. What is damaged in them is passed over. */
export function createTrustStore(pems: readonly string[]): TrustStore {
  const bySubject = new Map<string, Uint8Array[]>();
  let size = 0;
  for (const pem of pems) {
    for (const der of pemBlocks(pem).certificates) {
      const key = subjectKeyOf(der);
      if (key === undefined) continue;
      const list = bySubject.get(key);
      if (list === undefined) bySubject.set(key, [der]);
      else list.push(der);
      size += 1;
    }
  }
  const decoded = new Map<string, readonly Certificate[]>();
  return {
    size,
    ofSubject(key) {
      let certificates = decoded.get(key);
      if (certificates === undefined) {
        certificates = (bySubject.get(key) ?? []).flatMap((der) => {
          const result = decodeCertificate(der);
          return result.ok ? [result.certificate] : [];
        });
        decoded.set(key, certificates);
      }
      return certificates;
    },
  };
}
