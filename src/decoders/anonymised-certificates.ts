import type { AnonymousLabels } from './anonymised-labels.js';
import type { Anonymised } from './anonymised-tokens.js';

/** Bytes between colons, as many as serial numbers, SHA-1, SHA-256, keys and signatures have; a table or a dump breaks them into lines. */
const inColons =
  /(?<![\w:]|(?<!\w)[\da-f]{2}:(?:\r?\n|\\n)[ \t]{1,60})[\da-f]{2}(?::(?:(?:\r?\n|\\n)[ \t]{1,60})?[\da-f]{2}){15,2100}(?![\w:])/gi;

/** Serial numbers as OpenSSL prints them: as long as public authorities make them, in capitals. */
const inCapitals = /(?<!\w)[\dA-F]{30,40}(?!\w)/g;

/** What is called a serial number, a fingerprint or the id of a key, and of one's own reports that of a listener. */
const called =
  /(?<![a-z\d])((?:serial(?:[_ -]?(?:number|no))?|(?:fingerprint|thumbprint)(?:[_ -]?(?:sha-?)?(?:1|256|384|512))?|(?:subject|authority)[_ -]?key[_ -]?id(?:entifier)?)(?:\\{0,3}["'])?\s{0,3}[:=]?\s{0,40}(?:\\{0,3}["'])?(?:0x)?)([\da-f]{14,128}|[\da-f]{2}(?::[\da-f]{2}){6,63})(?![\w:])|(, )([\dA-F]{14,42})(?=, until )/gi;

/** What goes before the subject of a certificate. */
const subjectBefore = /(?:subject|certificate \d{1,2})(?:["'\s:=,\\]|value){1,60}$/i;

const type =
  '(?:C|ST|S|L|street|postalCode|O|OU|CN|DC|UID|SN|GN|title|serialNumber|emailAddress|businessCategory|organizationIdentifier|jurisdiction[A-Za-z]{1,30}|\\d{1,3}(?:\\.\\d{1,12}){2,12})';

/** Two blanks end a value, and so does a line where the next one does not go on with it and with another attribute. */
const wrapped = `\\n {1,60}(?=(?: ?[^\\s=,+]){1,60} ?[,+]\\s{1,60}${type} ?=)`;
const value = `(?:\\\\{0,3}"[^"\\n\\\\]{0,128}\\\\{0,3}"|(?:\\\\{1,4}[^\\n\\\\]| (?! )|${wrapped}|[^\\s,+"\\\\<>;│|=…]){1,128})`;

/** Attributes of a name; values may be in quotation marks, and have escapes. */
const attribute = `${type} ?= ?${value}`;
const distinguished = new RegExp(
  `(?<![\\p{L}\\p{N}.])${attribute}(?: ?[,+](?: ?|\\n {1,60})${attribute}){0,24}`,
  'giu',
);
const oneAttribute = new RegExp(`(?<![\\p{L}\\p{N}.])(${type})( ?= ?)(${value})`, 'giu');

/** As older versions of OpenSSL write it: `/C=AT/O=Example/CN=www.example.org`. */
const slashed = new RegExp(`(?:/${type}=(?: (?!/)|[^/\\n"= ]){1,128}){2,24}`, 'gi');
const oneSlashed = new RegExp(`(?<=/)(${type})(=)((?: (?!/)|[^/\\n"= ]){1,128})`, 'gi');

/** As Node and others write it: an object with the attributes. */
const inObject = /"subject"\s{0,5}:\s{0,5}\{[^{}]{1,4000}\}/gi;
const oneProperty = new RegExp(`(?<=")(${type})("\\s{0,5}:\\s{0,5}")((?:[^"\\\\]|\\\\.){1,256})(?=")`, 'gi');

const companies = /^(?:O|OU)$/i;
const places = /^(?:L|ST|S|street|postalCode|jurisdiction[a-z]+)$/i;
const numbers = /^(?:serialNumber|organizationIdentifier)$/i;

/**
 * A text with labels in the place of what tells whose a certificate is: its fingerprints, its serial number and the ids of keys, and in
 * a subject the organisation, its number and where it is. A name is one of a host's owner where its common name is that of a host, or
 * where it has none and stands as a subject; those of authorities stay. Linear.
 */
export function withoutCertificateOwners(text: string, labels: AnonymousLabels): Anonymised {
  let count = 0;
  const id = (value: string): string => {
    count += 1;
    return labels.certificate(value.replaceAll(':', '').toUpperCase(), 'id');
  };
  const ofAttribute = (all: string, name: string, between: string, value: string): string => {
    const kind = companies.test(name) ? 'company' : places.test(name) ? 'place' : numbers.test(name) ? 'id' : undefined;
    const [, open = '', bare = '', close = ''] = /^(\\*"|)(.*?)(\\*"|\s*)$/s.exec(value) ?? [];
    if (kind === undefined || bare === '' || /^(?:company|place|id)-\d+$/.test(bare)) return all;
    count += 1;
    return `${name}${between}${open}${labels.certificate(bare.replaceAll('\\', '').toLowerCase(), kind)}${close}`;
  };
  const ofName = (name: string, one: RegExp, isSubject: boolean): string => {
    const commons = [...name.matchAll(one)].flatMap(([, key = '', , value = '']) => (/^CN$/i.test(key) ? [value] : []));
    const isOwners = commons.length === 0 ? isSubject : commons.some(isHost);
    return isOwners ? name.replace(one, ofAttribute) : name;
  };
  const shown = text
    .replace(inColons, (run) => id(run.replace(/\\n|\s/g, '')))
    .replace(inCapitals, (run) => (/[A-F]/.test(run) && /\d/.test(run) ? id(run) : run))
    .replace(called, (_, key: string | undefined, value: string | undefined, comma: string, serial: string) =>
      key === undefined || value === undefined ? comma + id(serial) : key + id(value),
    )
    .replace(distinguished, (name, offset: number, whole: string) =>
      ofName(name, oneAttribute, isSubjectAt(whole, offset, offset + name.length)),
    )
    .replace(slashed, (name) => ofName(name, oneSlashed, false))
    .replace(inObject, (object) => ofName(object, oneProperty, true));
  return { text: shown, count };
}

/** Whether what stands there is a subject; of a name that is cut off nobody knows, so it is taken for one. */
function isSubjectAt(text: string, start: number, end: number): boolean {
  return (
    subjectBefore.test(text.slice(Math.max(0, start - 80), start)) || /^\\*(?:…|\\u2026)/.test(text.slice(end, end + 9))
  );
}

/** Whether a common name is that of a host, or a label of one. */
function isHost(common: string): boolean {
  // What a sentence goes on with is in lower case, names of authorities are not: `SSL.com Root`.
  return /^(?:[\p{L}\p{N}_*-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63})+\.?|(?:name|domain|address-[46])-\d+|[\da-f]{0,4}:[\da-f:]+)(?=\s*$|\s+[a-z])/u.test(
    common.replace(/^\\*"|\\*"$/g, ''),
  );
}
