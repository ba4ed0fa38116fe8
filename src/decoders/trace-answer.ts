import { edgeErrorOf } from '../knowledge/edge-errors.js';
import { type CfRay, cfRay } from './cf-ray.js';
import { type CloudflareError, cloudflareError } from './cloudflare-error.js';
import { type Trace, trace } from './trace.js';

/** The answer to a request for `/cdn-cgi/trace`, whoever gave it. */
export interface TraceAnswer {
  readonly status: number;
  /** Lower-case names; what came several times is joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The host that was asked, and whether without TLS: then anybody on the way can have answered. */
  readonly host: string;
  readonly plain: boolean;
}

/** What it is, by what it shows of itself. */
export type RecognisedAnswer = { readonly ray?: Pick<CfRay, 'id' | 'colo'> } & (
  | { readonly answer: 'trace'; readonly trace: Trace }
  /** A challenge page of Cloudflare (`cf-mitigated: challenge`). */
  | { readonly answer: 'challenge' }
  /** An error of Cloudflare's edge. */
  | { readonly answer: 'cloudflare-error'; readonly error: CloudflareError }
  /** A portal that wants a login before it lets anybody out. */
  | { readonly answer: 'captive-portal' }
  /** Nothing in it is of Cloudflare. */
  | { readonly answer: 'not-proxied' }
  /** From Cloudflare, but none of the above. */
  | { readonly answer: 'other' }
);

/** Recognises the answer. Linear in the length of the body; never throws. */
export function recogniseTraceAnswer(answer: TraceAnswer): RecognisedAnswer {
  const decodedRay = cfRay.decode(answer.headers['cf-ray'] ?? '');
  const { id, colo } = decodedRay.facts;
  const ray = decodedRay.ok && id !== undefined ? { ray: { id, ...(colo !== undefined && { colo }) } } : {};
  return { ...ray, ...recognise(answer, decodedRay.ok) };
}

function recognise(answer: TraceAnswer, hasRay: boolean): RecognisedAnswer {
  const { status, headers, body } = answer;
  if (/^challenge\b/i.test(headers['cf-mitigated'] ?? '')) return { answer: 'challenge' };
  if (status === 200) {
    const decoded = trace.decode(body);
    if (decoded.ok) return { answer: 'trace', trace: decoded.facts };
  }
  const isCloudflare = hasRay || /^cloudflare/i.test(headers['server'] ?? '');
  const error = cloudflareError.decode(body);
  // Without Cloudflare's head a page or a line of text is as likely an origin's; the forms for programs say whose they are.
  if (error.ok && (isCloudflare || error.facts.form === 'json' || error.facts.form === 'markdown')) {
    return { answer: 'cloudflare-error', error: error.facts };
  }
  if (!isCloudflare) return { answer: isCaptivePortal(answer) ? 'captive-portal' : 'not-proxied' };
  // An uploaded error page is always HTML and need not say the code: then the status does (§5.2: or a header).
  const ofStatus = status >= 520 ? edgeErrorOf(status)?.code : undefined;
  const said = /^\d{3,5}$/.exec(headers['cf-error-type'] ?? '')?.[0];
  const code = said === undefined ? ofStatus : Number(said);
  return code === undefined ? { answer: 'other' } : { answer: 'cloudflare-error', error: { form: 'head', code } };
}

/**
 * Status 511 is for portals (RFC 6585), and so are the marks of WISPr; who sends a visitor to the site of somebody else,
 * or answers any path at all with a page that asks for a password, is most likely one. But over TLS it was the holder of
 * a valid certificate who did that: the site itself.
 */
function isCaptivePortal({ status, headers, body, host, plain }: TraceAnswer): boolean {
  if (status === 511 || /WISPAccessGatewayParam/.test(body)) return true;
  if (!plain) return false;
  const elsewhere = status >= 300 && status < 400 && !isSameSite(host, headers['location'] ?? '');
  const asksForPassword = status === 200 && /<input[^<>]{0,200}type=["']?password/i.test(body);
  const refreshes = /<meta[^<>]{0,100}http-equiv=["']?refresh[^<>]{0,100}url=["']?([^"'<>\s]{1,200})/i.exec(body)?.[1];
  return elsewhere || asksForPassword || (refreshes !== undefined && !isSameSite(host, refreshes));
}

/** Whether a URL stays with the host: the same name, or one below or above it. A relative one does. */
function isSameSite(host: string, url: string): boolean {
  const [, other] = /^[a-z]{2,10}:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url.slice(0, 2000)) ?? [];
  if (other === undefined) return true;
  const [a, b] = [host, other].map((name) =>
    name
      .toLowerCase()
      .replace(/^\[|\]$|\.$/g, '')
      .replace(/^www\./, ''),
  );
  return a === b || `.${a}`.endsWith(`.${b}`) || `.${b}`.endsWith(`.${a}`);
}
