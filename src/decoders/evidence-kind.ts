/** How the text of a file in a bundle is read when what is secret in it is masked. */
export type EvidenceKind =
  | 'railgun-conf'
  | 'railgun-nat'
  | 'conf'
  | 'log'
  | 'text'
  | 'report'
  | 'json'
  | 'har'
  | 'html'
  | 'pem';

/** UTF-16 units of a document within which its schema stands. */
const longestHead = 2000;

/** By the name of a file in a bundle, and its beginning: a JSON document of a schema of rg-diag's is a `report`. */
export function evidenceKindOf(file: string, text: string): EvidenceKind {
  // The folder has files of types that support takes: `railgun.conf.txt` is what was `railgun.conf`.
  const name = (file.split('/').at(-1) ?? file).toLowerCase().replace(/\.txt$/, '');
  const head = text.slice(0, longestHead);
  if (/\.(?:html?|xhtml)$/.test(name)) return 'html';
  if (name.endsWith('.har')) return 'har';
  if (/\.(?:json|ndjson)$/.test(name)) return isReport(head) ? 'report' : 'json';
  if (/\.(?:pem|crt|cer|key)$/.test(name) || /^\s*-----BEGIN /.test(head)) return 'pem';
  if (/railgun-nat[^/]*\.conf/.test(name)) return 'railgun-nat';
  if (/railgun[^/]*\.conf/.test(name)) return 'railgun-conf';
  if (/\.(?:conf|cnf|cfg|ini|env|ya?ml|toml)\b/.test(name) || /sysconfig|memcached|^\.env/.test(name)) return 'conf';
  if (/log|journal|messages/.test(name)) return 'log';
  if (/^\s*\{/.test(head) && isReport(head)) return 'report';
  return 'text';
}

function isReport(head: string): boolean {
  return /^\ufeff?\s*\{\s*"schema"\s*:\s*"rg-diag\//.test(head);
}
