import type { Check, Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { maskedUrl } from '../masked-url.js';
import { decisiveAddress, placeText, quoted, statusText } from '../text.js';

const noAnswer = ({ http }: SeenFacts) => (http === undefined ? 'there was no answer' : undefined);

/** What the status of the origin's answer means to visitors; its errors from 500 on are the matter of another rule. */
export const status: Rule<SeenFacts> = {
  id: 'origin/status',
  means: 'The origin answered, but not with the page: Cloudflare hands its answer on.',
  remedy: '',
  cites: 'RFC 9110 section 15; RFC 6585 section 4',
  skips({ http, stages }) {
    if (http === undefined) return 'there was no answer';
    const isFailed = stages.some((seen) => seen.stage === 'response' && seen.status === 'fail');
    return isFailed || http.status >= 500 ? 'the answer itself is what failed: see origin/edge-error' : undefined;
  },
  check(facts): Check {
    const { http } = facts;
    if (http === undefined) return { status: 'pass', says: 'there was no answer', evidence: ['/stages'] };
    const evidence = ['/http/status'];
    if (http.status < 300 || http.status === 304) return { status: 'pass', says: statusText(http), evidence };
    const { location } = http.headers;
    if (http.status < 400) {
      const where = location === undefined ? '' : ` to ${location}`;
      const says = `the origin redirects${where}: ${statusText(http)}`;
      const remedy = 'Give the URL that it redirects to, where that is the page to look at.';
      return { status: 'note', says, evidence, remedy };
    }
    const says = `the origin answers ${statusText(http)}`;
    if (http.wantsClientCertificate === true) {
      return {
        status: 'warn',
        says: `${says}: it demands a client certificate`,
        evidence: ['/http/status', '/http/wantsClientCertificate'],
        code: 'client-certificate-required',
        remedy: pulls,
        cites: 'Cloudflare, Error 520 @d5d7f97',
      };
    }
    const remedy = remedyOf(http.status);
    // What refuses this machine may refuse Cloudflare, and so visitors.
    if (refusals.includes(http.status)) return { status: 'warn', says, evidence, code: 'unexpected-answer', remedy };
    return { status: 'note', says, evidence, remedy };
  },
};

const refusals: readonly number[] = [400, 403, 429];

const pulls =
  'Turn Authenticated Origin Pulls on at Cloudflare (SSL/TLS, Origin Server), or do not demand client certificates at the origin.\nTo look behind it from here: --client-cert FILE, with a certificate of your own that the origin trusts.';

function remedyOf(code: number): string {
  switch (code) {
    case 401:
      return 'Give what the origin asks for with --header-file FILE, or another --path.';
    case 403:
      return 'See whether the origin lets this machine in: a firewall or a security plugin may refuse all but Cloudflare.';
    case 404:
      return 'Give a --path that exists; see that the origin serves this host name.';
    case 429:
      return 'Rate limits must not count Cloudflare’s addresses as one visitor: count by CF-Connecting-IP.';
    default:
      return 'Give the --path, --method or --header-file that a visitor’s request has.';
  }
}

/** Keep-alive: without it every request needs a connection of its own, which Cloudflare lists among the causes of 522. */
export const keepAlive: Rule<SeenFacts> = {
  id: 'origin/keep-alive',
  means: 'Every request needs a new connection: Cloudflare lists switched-off keep-alive among the causes of 522.',
  remedy: 'Turn keep-alive on: KeepAlive On (Apache), keepalive_timeout above 0 (nginx).',
  cites: 'Cloudflare, Error 522 @cbc4445',
  skips: ({ http, stages }) => {
    const isBroken = stages.some((seen) => seen.stage === 'response' && seen.status === 'fail');
    return http === undefined || (isBroken && http.status < 500) ? 'there was no answer in good order' : undefined;
  },
  check({ http }) {
    const evidence = ['/http/keepAlive'];
    return http?.keepAlive === true
      ? { status: 'pass', says: 'the origin keeps connections open', evidence }
      : { status: 'note', says: 'the origin closes the connection after each answer', evidence };
  },
};

/** Whether the body was seen to its end: what comes behind may be broken. */
export const body: Rule<SeenFacts> = {
  id: 'origin/body',
  means: 'Nothing is known of the rest of the body: it was long or slow, and not waited for.',
  remedy: 'Fetch all of it: curl -sv -o /dev/null --connect-to ::ADDRESS URL',
  cites: '',
  skips: noAnswer,
  check(facts): Check {
    const { bodyBytes = 0, bodyWhole = false } = facts.http ?? {};
    const evidence = ['/http/bodyWhole', '/http/bodyBytes'];
    if (bodyWhole) return { status: 'pass', says: `the body is whole: ${bodyBytes} bytes`, evidence };
    const declared = declaredLength(facts.http);
    const remedy = fetchText(facts);
    if (declared !== undefined && declared > bodyBytes && declared <= mostOfBody) {
      return {
        status: 'warn',
        says: `only ${bodyBytes} of the ${declared} bytes that Content-Length declares came before the wait for them ended`,
        evidence: [...evidence, '/http/headers/content-length'],
        code: 'incomplete-answer',
        remedy: `${remedy}\nSee that Content-Length is the length of what is sent, and what holds up the rest of the body.`,
      };
    }
    return { status: 'note', says: `${bodyBytes} bytes of the body were read, and not its end`, evidence, remedy };
  },
};

/** Bytes: a longer body can take its time. */
const mostOfBody = 100_000;

/** The length that the body has by its headers; nothing where they leave its end open. */
function declaredLength(http: SeenFacts['http']): number | undefined {
  const { 'content-length': length = '', 'transfer-encoding': coding } = http?.headers ?? {};
  return coding === undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

function fetchText(facts: SeenFacts): string {
  const address = decisiveAddress(facts);
  // A masked URL is none to fetch.
  const url = maskedUrl(facts.url) === facts.url ? quoted(facts.url) : 'URL';
  const place = address === undefined ? 'ADDRESS' : placeText(address);
  return `Fetch all of it: curl -sv -o /dev/null --connect-to ::${place} ${url}`;
}

/** What the edge takes although HTTP forbids it: another proxy on the way may not. */
export const grammar: Rule<SeenFacts> = {
  id: 'origin/http',
  means: 'What is taken today may be refused by another proxy or a later version.',
  remedy: 'Mend what the application or the web server sends.',
  cites: 'RFC 9110; RFC 9112; RFC 9113',
  skips: noAnswer,
  check({ http }) {
    const { notes = [], version = 'HTTP' } = http ?? {};
    if (notes.length === 0) return { status: 'pass', says: `${version} as it should be`, evidence: ['/http/version'] };
    return { status: 'note', says: `taken all the same: ${notes.join('; ')}`, evidence: ['/http/notes'] };
  },
};
