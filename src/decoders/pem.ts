/** What a file of certificates holds. Keys are counted, never read. */
export interface PemBlocks {
  /** DER, in the order of the text. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** Blocks of other kinds by their names: `PRIVATE KEY`, `DH PARAMETERS`. */
  readonly others: readonly string[];
  /** Blocks that say they are a certificate or CRL and are not base64. */
  readonly damaged: number;
}

const certificateLabels: readonly string[] = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

/** One block of a PEM text. */
export interface PemBlock {
  readonly label: string;
  /** Units of the text before it. */
  readonly at: number;
  /** DER of a certificate or CRL; absent where the block is not whole, or no base64, and of every other kind. */
  readonly bytes?: Uint8Array;
  readonly kind: 'certificate' | 'crl' | 'other';
}

/** Reads the blocks of a PEM text; what stands between them (comments, `openssl s_client` output) is passed over. */
export function pemBlocks(text: string): PemBlocks {
  const certificates: Uint8Array[] = [];
  const crls: Uint8Array[] = [];
  const others: string[] = [];
  let damaged = 0;
  for (const { kind, label, bytes } of eachPemBlock(text)) {
    if (kind === 'other') others.push(label);
    else if (bytes === undefined) damaged += 1;
    else (kind === 'crl' ? crls : certificates).push(bytes);
  }
  return { certificates, crls, others, damaged };
}

/** The blocks of a PEM text one by one, with their places. */
export function* eachPemBlock(text: string): Generator<PemBlock> {
  const begin = /-----BEGIN ([A-Z0-9 #]{1,40})-----/g;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const label = found[1] ?? '';
    const at = found.index;
    const kind = certificateLabels.includes(label) ? 'certificate' : label === 'X509 CRL' ? 'crl' : 'other';
    if (kind === 'other') {
      yield { label, at, kind };
      continue;
    }
    const start = begin.lastIndex;
    // The next dash ends the block, whatever it begins: no text is looked at twice.
    const end = text.indexOf('-', start);
    const isEnded = end >= 0 && text.startsWith(`-----END ${label}-----`, end);
    const bytes = isEnded ? base64Of(text.slice(start, end)) : undefined;
    yield { label, at, kind, ...(bytes !== undefined && { bytes }) };
    if (end < 0) break;
    begin.lastIndex = end;
  }
}

function base64Of(text: string): Uint8Array | undefined {
  const packed = text.replace(/[\s]+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return undefined;
  return Buffer.from(packed, 'base64');
}
