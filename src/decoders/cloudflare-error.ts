import type { Decoded, Decoder } from './decoder.js';
import { foundAt } from './header-value.js';

/** What a page says with which Cloudflare's edge reports an error of its own. */
export interface CloudflareError {
  /** How it was written: RFC 9457 JSON, Markdown with front matter, an HTML page, `error code: 1020`, or in the head only. */
  readonly form: 'json' | 'markdown' | 'html' | 'text' | 'head';
  /** 5xx, or the 1xxx code that stands in the body. */
  readonly code: number;
  /** snake_case, say `connection_timeout`. */
  readonly name?: string;
  /** As in the page, say `Error 522: Connection timed out`. */
  readonly title?: string;
  readonly category?: string;
  /** The status of the answer, as the body gives it. */
  readonly status?: number;
  /** Without the data centre. */
  readonly rayId?: string;
  readonly zone?: string;
  /** As it was written: ISO 8601. */
  readonly timestamp?: string;
  readonly retryable?: boolean;
  /** Seconds to wait before the next attempt. */
  readonly retryAfter?: number;
  readonly ownerActionRequired?: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/** Nobody's error page is longer; what is behind is not looked at. */
const longest = 65_536;

export const cloudflareError: Decoder<CloudflareError> = {
  id: 'cloudflare-error',
  reads: "The body of an error of Cloudflare's edge: JSON (RFC 9457), Markdown, or a page of HTML.",
  decode(text) {
    const head = text.slice(0, longest);
    const facts = fromJson(head) ?? fromMarkdown(head) ?? fromPage(head);
    if (facts !== undefined) return { ok: true, facts, fields: [] };
    return malformed(text);
  },
};

function fromJson(text: string): CloudflareError | undefined {
  if (!/^[\s\ufeff]*\{/.test(text)) return undefined;
  try {
    return fromValues('json', JSON.parse(text.replace(/^\ufeff/, '')) as Values);
  } catch {
    return undefined;
  }
}

/** The front matter: `key: value` between two lines of `---`. */
function fromMarkdown(text: string): CloudflareError | undefined {
  const [, matter] = /^\s*---\r?\n([\s\S]*?)\n---/.exec(text) ?? [];
  if (matter === undefined) return undefined;
  const values: Record<string, unknown> = {};
  for (const line of matter.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) values[line.slice(0, colon).trim()] = scalarOf(line.slice(colon + 1).trim());
  }
  const [, title] = /^# (Error [^\r\n]{1,200})/m.exec(text) ?? [];
  return fromValues('markdown', { ...values, ...(title !== undefined && { title }) });
}

function scalarOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return text === 'null' || text === '' ? undefined : text.replace(/^(["'])(.*)\1$/, '$2');
}

function fromValues(form: 'json' | 'markdown', values: Values): CloudflareError | undefined {
  const code = numberOf(values['error_code']);
  if (values['cloudflare_error'] !== true || code === undefined) return undefined;
  return withoutAbsent({
    form,
    code,
    name: stringOf(values['error_name']),
    title: stringOf(values['title']),
    category: stringOf(values['error_category']),
    status: numberOf(values['status']),
    rayId: stringOf(values['ray_id']) ?? stringOf(values['instance']),
    zone: stringOf(values['zone']),
    timestamp: stringOf(values['timestamp']),
    retryable: booleanOf(values['retryable']),
    retryAfter: numberOf(values['retry_after']),
    ownerActionRequired: booleanOf(values['owner_action_required']),
  });
}

/**
 * The page for browsers, whose look changes: the code in one of the places where it has stood, and a mark that other pages do
 * not have. The word Cloudflare is none: pages of origins speak of it too.
 */
function fromPage(text: string): CloudflareError | undefined {
  const [, bare] = /^\s*error code: (\d{3,5})\s*$/i.exec(text.slice(0, 200)) ?? [];
  if (bare !== undefined) return { form: 'text', code: Number(bare) };
  if (!/<html|<!doctype/i.test(text)) return undefined;
  const [, rayId] = /Ray ID:(?:[^0-9a-f<]|<[^<>]{0,100}>){0,20}([0-9a-f]{15,16})\b/i.exec(text) ?? [];
  if (rayId === undefined && !/\bcf-error-/i.test(text)) return undefined;
  const [, number] =
    /class="cf-error-code"[^<>]{0,50}>(\d{3,5})</i.exec(text) ??
    /<title>[^<>|]{0,200}\| (\d{3,5}):/i.exec(text) ??
    /\bError(?: code)?:? {0,3}(\d{3,5})\b/i.exec(text) ??
    [];
  const code = Number(number);
  if (number === undefined || !((code >= 500 && code < 600) || (code >= 1000 && code < 20_000))) return undefined;
  const [, title] = /<title>([^<>]{1,200})<\/title>/i.exec(text) ?? [];
  return withoutAbsent({ form: 'html', code, title: title?.trim().replace(/\s+/g, ' '), rayId });
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

type Possible = { readonly [Key in keyof CloudflareError]: CloudflareError[Key] | undefined };

/** What the body does not say is an absent key. */
function withoutAbsent(facts: Possible): CloudflareError {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as unknown as CloudflareError;
}

function malformed(text: string): Decoded<CloudflareError> {
  const found = foundAt(text, 0, text.length);
  const detail = `expected an error of Cloudflare as JSON, Markdown or HTML, found ${found}`;
  const failure = { code: 'malformed', step: 'decode', blame: 'target', detail } as const;
  return { ok: false, facts: {}, fields: [], failure, field: 'code', at: 0 };
}
