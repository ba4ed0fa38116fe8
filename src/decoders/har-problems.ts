import { isObject, type JsonObject, textOf } from './har.js';

export interface HarProblem {
  /** JSON pointer to what is wrong, or to what lacks it. */
  readonly pointer: string;
  readonly says: string;
}

type Kind = 'string' | 'number' | 'object' | 'list';

/** What HAR 1.2 wants of each part, by its name; `?` may be missing. */
const wanted: Readonly<Record<string, Readonly<Record<string, Kind | `${Kind}?`>>>> = {
  log: { version: 'string', creator: 'object', entries: 'list', pages: 'list?', browser: 'object?' },
  creator: { name: 'string', version: 'string' },
  entry: {
    startedDateTime: 'string',
    time: 'number',
    request: 'object',
    response: 'object',
    cache: 'object',
    timings: 'object',
  },
  request: {
    method: 'string',
    url: 'string',
    httpVersion: 'string',
    cookies: 'list',
    headers: 'list',
    queryString: 'list',
    headersSize: 'number',
    bodySize: 'number',
    postData: 'object?',
  },
  response: {
    status: 'number',
    statusText: 'string',
    httpVersion: 'string',
    cookies: 'list',
    headers: 'list',
    content: 'object',
    redirectURL: 'string',
    headersSize: 'number',
    bodySize: 'number',
  },
  content: { size: 'number', mimeType: 'string', text: 'string?' },
  postData: { mimeType: 'string', text: 'string?', params: 'list?' },
  timings: { send: 'number', wait: 'number', receive: 'number' },
  pair: { name: 'string', value: 'string' },
};

const mostProblems = 1000;

/** Where a document is not as HAR 1.2 wants it. Linear; at most a thousand problems. */
export function harProblems(document: unknown): readonly HarProblem[] {
  const problems: HarProblem[] = [];
  const check = (part: string, value: unknown, pointer: string): JsonObject => {
    if (!isObject(value)) {
      problems.push({ pointer, says: `is no ${part}` });
      return {};
    }
    for (const [key, kind] of Object.entries(wanted[part] ?? {})) {
      const own = Object.hasOwn(value, key) ? value[key] : undefined;
      if (own === undefined && kind.endsWith('?')) continue;
      const type = kind.replace('?', '');
      if (kindOf(own) !== type)
        problems.push({ pointer: `${pointer}/${key}`, says: own === undefined ? 'is missing' : `is no ${type}` });
    }
    return value;
  };
  const each = (part: string, list: unknown, pointer: string) => {
    if (Array.isArray(list)) list.forEach((value, index) => void check(part, value, `${pointer}/${index}`));
  };
  const root = isObject(document) ? document : {};
  const log = check('log', root['log'], '/log');
  if (isObject(log['creator'])) check('creator', log['creator'], '/log/creator');
  const entries: readonly unknown[] = Array.isArray(log['entries']) ? log['entries'] : [];
  for (const [index, value] of entries.entries()) {
    if (problems.length >= mostProblems) break;
    const at = `/log/entries/${index}`;
    const entry = check('entry', value, at);
    if (textOf(entry['startedDateTime']) !== '' && Number.isNaN(Date.parse(textOf(entry['startedDateTime'])))) {
      problems.push({ pointer: `${at}/startedDateTime`, says: 'is no time' });
    }
    if (isObject(entry['timings'])) check('timings', entry['timings'], `${at}/timings`);
    for (const side of ['request', 'response'] as const) {
      if (!isObject(entry[side])) continue;
      const message = check(side, entry[side], `${at}/${side}`);
      for (const list of ['headers', 'cookies', 'queryString']) each('pair', message[list], `${at}/${side}/${list}`);
      for (const body of ['content', 'postData'] as const) {
        if (isObject(message[body])) check(body, message[body], `${at}/${side}/${body}`);
      }
    }
  }
  return problems.slice(0, mostProblems);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}
