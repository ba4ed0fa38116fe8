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
const begin = /-----BEGIN ([A-Z0-9 #]{1,40})-----/g;

/** Reads the blocks of a PEM text; what stands between them (comments, `openssl s_client` output) is passed over. */
export function pemBlocks(text: string): PemBlocks {
  const certificates: Uint8Array[] = [];
  const crls: Uint8Array[] = [];
  const others: string[] = [];
  let damaged = 0;
  begin.lastIndex = 0;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const label = found[1] ?? '';
    const list = certificateLabels.includes(label) ? certificates : label === 'X509 CRL' ? crls : undefined;
    if (list === undefined) {
      others.push(label);
      continue;
    }
    const start = begin.lastIndex;
    // The next dash ends the block, whatever it begins: no text is looked at twice.
    const end = text.indexOf('-', start);
    const isEnded = end >= 0 && text.startsWith(`-----END ${label}-----`, end);
    const bytes = isEnded ? base64Of(text.slice(start, end)) : undefined;
    if (bytes === undefined) damaged += 1;
    else list.push(bytes);
    if (end < 0) break;
    begin.lastIndex = end;
  }
  return { certificates, crls, others, damaged };
}

function base64Of(text: string): Uint8Array | undefined {
  const packed = text.replace(/[\s]+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return undefined;
  return Buffer.from(packed, 'base64');
}
