import { maskedConfLine } from './evidence-conf.js';
import { maskedFields } from './evidence-fields.js';
import { editedHar, harEvidence, harEvidenceText } from './evidence-har.js';
import { maskedListed } from './evidence-headers.js';
import { editedHtml } from './evidence-html.js';
import { editedJson, isJson, type JsonToken } from './evidence-json.js';
import type { EvidenceKind } from './evidence-kind.js';
import { evidenceSensitivity, isNoSecret, isPlainWords, isRandomSecret, isTellingEvidence } from './evidence-names.js';
import { maskedEvidenceLine, maskedEvidenceText, maskedTextInSteps } from './evidence-text.js';
import { utf16View } from './evidence-utf16.js';
import { sanitizeHar } from './har-sanitized.js';
import { Masking } from './masking.js';
import { allSteps, type Steps } from './steps.js';

export interface RedactedEvidence {
  readonly text: string;
  /** Values that were masked. */
  readonly masked: number;
  /** Secret → what it is called: such as are telling enough to be looked for elsewhere. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Different values that were masked and are too short or too ordinary to be looked for. */
  readonly notSearched: number;
}

export interface WithOrdinary extends Omit<RedactedEvidence, 'notSearched'> {
  /** Different values that were masked and are not looked for. */
  readonly ordinary: ReadonlySet<string>;
}

/** One mask may bring another about; none brings about so many. */
const mostPasses = 8;

/** Units of a secret that are kept: what is longer is found by its beginning. */
const longestSecret = 1000;

/** Different names whose meaning is kept. */
const mostNames = 10_000;

/** JSON in JSON in JSON …: below this nobody looks. */
const deepest = 6;

/** What of a JSON Web Key is private (RFC 7518, 6.2.2, 6.3.2 and 6.4). */
const privateMembers = /^(?:d|p|q|dp|dq|qi|k)$/;

/** Facts of rg-diag about a secret, and none of them says what it is. */
const harmlessAround = /^(?:token|privateKey)$/;

/**
 * A file of a bundle with its secrets masked, by their names and by their shapes, as the kind of file wants it. What it gives is
 * given back as it is the next time. Never throws; a HAR or JSON that cannot be parsed is redacted as text.
 *
 * The limit: a secret that no name and no shape tells, and that no other file of the bundle knows, looks like any other word, and
 * stays.
 */
export function redactEvidence(kind: EvidenceKind, text: string): RedactedEvidence {
  const { text: shown, masked, secrets, ordinary } = allSteps(redactEvidenceInSteps(kind, text));
  return { text: shown, masked, secrets, notSearched: ordinary.size };
}

/** The same in steps, with the values that are not looked for. */
export function* redactEvidenceInSteps(kind: EvidenceKind, text: string): Steps<WithOrdinary> {
  const masking = new Masking('signature');
  const more = new Map<string, string>();
  let shown = text;
  let masked = 0;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const before = masking.count;
    const next = yield* redactedOnce(kind, shown, masking, more);
    yield;
    if (next === shown) break;
    masked += Math.max(1, masking.count - before);
    shown = next;
  }
  const secrets = new Map<string, string>();
  const ordinary = new Set(masking.ordinary);
  for (const [secret, name] of [...masking.secrets, ...more]) keepTelling(secret, name, secrets, ordinary);
  return { text: shown, masked, secrets, ordinary };
}

/** Puts a secret where it belongs: with those that are looked for, also without the marks of the sentence around it, or not. */
export function keepTelling(secret: string, name: string, secrets: Map<string, string>, ordinary: Set<string>): void {
  // What was masked in part is no secret any more.
  if (/(?: |%20|\+)redacted(?:\]|%5D)/i.test(secret)) return;
  const kept = secret.slice(0, longestSecret);
  if (!isTellingEvidence(kept)) {
    if (!isNoSecret(secret)) ordinary.add(kept);
    return;
  }
  if (!secrets.has(kept)) secrets.set(kept, name);
  const bare = kept.replace(/^["'([{<]+/, '').replace(/["')\]}>,;.:!]{1,5}$/, '');
  if (bare !== kept && isTellingEvidence(bare) && !secrets.has(bare)) secrets.set(bare, name);
}

function* redactedOnce(kind: EvidenceKind, text: string, masking: Masking, more: Map<string, string>): Steps<string> {
  const wide = utf16View(text);
  if (wide === undefined) return yield* redactedText(kind, text, masking, more);
  const shown = yield* redactedText(kind, wide.text, masking, more);
  return shown === wide.text ? text : wide.written(shown);
}

function* redactedText(kind: EvidenceKind, text: string, masking: Masking, more: Map<string, string>): Steps<string> {
  switch (kind) {
    case 'railgun-conf':
      return yield* maskedTextInSteps(text, masking, (line) => maskedConfLine(line, masking, 'railgun'));
    case 'conf':
      return yield* maskedTextInSteps(text, masking, (line) => maskedConfLine(line, masking, 'other'));
    case 'html':
      // The facts in a page are those of a report.
      return editedHtml(maskedFields(text, masking), (part) =>
        isJson(part) ? maskedDocument(part, masking, 0, true) : maskedString(part, masking, 0, true),
      );
    case 'json':
    case 'report':
      if (isJson(text)) return maskedDocument(text, masking, 0, kind === 'report');
      return yield* maskedLines(text, masking);
    case 'har':
      return redactedHar(text, masking, more) ?? (yield* maskedLines(text, masking));
    case 'railgun-nat':
    case 'log':
    case 'text':
    case 'pem':
      return yield* maskedLines(text, masking);
  }
}

/** Lines that are JSON each, as those of journald, are read as that. */
function maskedLines(text: string, masking: Masking): Steps<string> {
  return maskedTextInSteps(text, masking, (line) =>
    /^\s{0,20}\{/.test(line) && isJson(line)
      ? maskedDocument(line, masking, 0, false)
      : maskedEvidenceLine(line, masking),
  );
}

/** `ours`: rg-diag wrote it, and `token` or `signature` are names of facts, which say nothing secret. */
function maskedDocument(text: string, masking: Masking, depth: number, ours: boolean): string {
  // The same few names come again and again.
  const known = new Map<string, boolean>();
  const isSecret = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const is = name !== '' && evidenceSensitivity(name) === 'strong';
    if (known.size < mostNames) known.set(name, is);
    return is;
  };
  const hasKeys = text.includes('"kty"');
  const isAround = (name: string) => isSecret(name) && !(ours && harmlessAround.test(name));
  return editedJson(text, ({ kind, text: said, name, before, within }: JsonToken) => {
    if (kind === 'key') return said;
    const listed = kind === 'string' && before !== '' ? maskedListed(before, said, masking) : undefined;
    if (listed !== undefined) return listed;
    if (!ours && kind === 'string' && (isRandomSecret(name, said) || isCookie(name, within)) && !isNoSecret(said))
      return masking.mask(name, said, 'cookie');
    // Its own name, or that of something around it: `{ "password": { "old": … } }`.
    if ((isSecret(name) || within.some(isAround)) && !isNoSecret(said) && !(ours && isHarmlessFact(name, said)))
      return masking.mask(name, said, 'strong');
    if (hasKeys && kind === 'string' && privateMembers.test(name) && /^[\w-]{16,}$/.test(said))
      return masking.mask('private key', said, 'strong');
    return kind === 'number' ? said : maskedString(said, masking, depth, ours);
  });
}

/** What facts of rg-diag say of a token, a password and a JWT, and what the signature of a certificate is called. */
function isHarmlessFact(name: string, value: string): boolean {
  if (name === 'signature') return /^[\w.-]{1,40}$/.test(value);
  return (
    (name === 'password' && /^(?:accepted|not-asked-for|refused|withheld)$/.test(value)) ||
    (name === 'token' && isPlainWords(value)) ||
    (name === 'jwt' && /^(?:signature|whole)$/.test(value))
  );
}

/** The value of a cookie in an object, or a list, of them; what else is said of it stays. */
function isCookie(name: string, within: readonly string[]): boolean {
  return (
    within.some((key) => key.length === 7 && /^cookies$/i.test(key)) &&
    !/^(?:name|path|domain|expires|same-?site|priority|max-?age|size|comment|version)$/i.test(name)
  );
}

function maskedString(text: string, masking: Masking, depth: number, prose: boolean): string {
  if (depth < deepest && /^\s{0,20}[[{]/.test(text) && isJson(text))
    return maskedDocument(text, masking, depth + 1, false);
  return maskedEvidenceText(text, masking, (line) => maskedEvidenceLine(line, masking, 0, prose));
}

function redactedHar(text: string, masking: Masking, more: Map<string, string>): string | undefined {
  const har = harEvidence(text);
  if (har === undefined) return undefined;
  const sanitized = sanitizeHar(har.document, { jwt: 'signature' });
  for (const [secret, name] of sanitized.secrets) more.set(secret, name);
  const edited = editedHar(sanitized.document, (part) => maskedString(part, masking, 0, true), false);
  masking.count += sanitized.count;
  const before = harEvidenceText(har.document, har.layout);
  const shown = harEvidenceText(edited, har.layout);
  return shown === before ? text : shown;
}
