/** An HTTP archive that is valid, with what a test puts into it. */
export interface Parts {
  readonly url?: string;
  readonly requestHeaders?: readonly Pair[];
  readonly responseHeaders?: readonly Pair[];
  readonly cookies?: readonly Pair[];
  readonly queryString?: readonly Pair[];
  readonly postData?: object;
  readonly content?: object;
  readonly status?: number;
  readonly time?: number;
  readonly timings?: object;
  /** Members of the entry beyond those of HAR 1.2. */
  readonly more?: object;
}

export interface Pair {
  readonly name: string;
  readonly value: string;
}

export function pair(name: string, value: string): Pair {
  return { name, value };
}

export function archive(...entries: readonly Parts[]): object {
  return {
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      pages: [],
      entries: entries.map(entry),
    },
  };
}

function entry(parts: Parts): object {
  const { url = 'https://www.example.com/', status = 200, time = 120, content = {}, more = {} } = parts;
  return {
    startedDateTime: '2026-11-20T12:00:00.000Z',
    time,
    request: {
      method: parts.postData === undefined ? 'GET' : 'POST',
      url,
      httpVersion: 'h2',
      cookies: parts.cookies ?? [],
      headers: parts.requestHeaders ?? [],
      queryString: parts.queryString ?? [],
      headersSize: -1,
      bodySize: 0,
      ...(parts.postData && { postData: parts.postData }),
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'h2',
      cookies: [],
      headers: parts.responseHeaders ?? [],
      content: { size: 0, mimeType: 'text/html; charset=utf-8', ...content },
      redirectURL: '',
      headersSize: -1,
      bodySize: 0,
    },
    cache: {},
    timings: parts.timings ?? { blocked: 1, dns: 2, connect: 10, ssl: 6, send: 1, wait: 100, receive: 6 },
    ...more,
  };
}
