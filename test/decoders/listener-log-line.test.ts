import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeListenerLine, listenerLogLine } from '../../src/decoders/listener-log-line.js';
import { type ListenerLineId, type ListenerLogLine, listenerLogLines } from '../../src/knowledge/listener-log-lines.js';

const id = 'ab18927f79';

/** Every line that Railgun's documents show, as they show it. */
const published: readonly (readonly [ListenerLineId, string, Readonly<Record<string, string>>])[] = [
  [
    'connection-timeout',
    'connection failed 0.0.0.0:443/example.com: dial tcp 0.0.0.0:443: i/o timeout',
    { destination: '0.0.0.0:443', address: '0.0.0.0', port: '443', host: 'example.com' },
  ],
  [
    'no-response',
    'no response from origin (timeout) 0.0.0.0:80/example.com',
    { destination: '0.0.0.0:80', address: '0.0.0.0', port: '80', host: 'example.com' },
  ],
  [
    'page-refused',
    'Error getting page: dial tcp 0.0.0.0:80:connection refused',
    { destination: '0.0.0.0:80', address: '0.0.0.0', port: '80' },
  ],
  [
    'connection-refused',
    'connection failed 0.0.0.0:443/example.com: dial tcp 0.0.0.0:443:connection refused',
    { destination: '0.0.0.0:443', address: '0.0.0.0', port: '443', host: 'example.com' },
  ],
  [
    'handshake-failure',
    'connection failed 0.0.0.0:443/example.com: remote error: handshake failure',
    { destination: '0.0.0.0:443', address: '0.0.0.0', port: '443', host: 'example.com' },
  ],
  [
    'wrong-host',
    'connection failed 127.0.0.1:443/www.example.com: x509: certificate is valid for example.com, not www.example.com',
    { destination: '127.0.0.1:443', address: '127.0.0.1', port: '443', host: 'www.example.com', names: 'example.com' },
  ],
  [
    'wrong-host',
    'connection failed 127.0.0.1:443/www.example.com: x509: certificate is valid for\nexample.com, not www.example.com',
    { destination: '127.0.0.1:443', address: '127.0.0.1', port: '443', host: 'www.example.com', names: 'example.com' },
  ],
  [
    'wrong-host',
    'connection failed 127.0.0.1:443/welcome.cloudflare.com: x509: certificate is valid for www.cloudflare.com, not welcome.cloudflare.com',
    {
      destination: '127.0.0.1:443',
      address: '127.0.0.1',
      port: '443',
      host: 'welcome.cloudflare.com',
      names: 'www.cloudflare.com',
    },
  ],
  [
    'unknown-authority',
    'rg-listener: [2a074d8b36f00000-ATL] www.example.com origin request failed 123.123.123.123:443 to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority',
    { destination: '123.123.123.123:443', address: '123.123.123.123', port: '443', host: 'www.example.com' },
  ],
  ['bad-content-length', 'bad Content-Length: "-1"', { length: '-1' }],
  ['memcached-failed', 'memcached: connection failed', {}],
  [
    'memcached-timeout',
    'dial tcp 127.0.0.1:11211: i/o timeout',
    { destination: '127.0.0.1:11211', address: '127.0.0.1', port: '11211' },
  ],
  ['http-502', 'HTTP 502', {}],
  ['activation-failed', 'Error activating: Activation Failed: Invalid or missing railgun token or tag.', {}],
  ['daemon-failed', 'Starting railgun Error starting Railgun as a daemon. Running in foreground... [fail]', {}],
  [
    'activation-failed',
    'Starting railgun Error starting Railgun as a daemon. Running in foreground... Error activating: Activation Failed: Invalid or missing railgun token or tag. [fail]',
    {},
  ],
  ['activation-posted', 'Oct 27 22:29:41 www rg-listener: [Activation] Activation POST completed.', {}],
  ['activation-id', '[Activation] Assigned Railgun ID: 1', { number: '1' }],
  ['activation-acquired', '[Activation] Acquired cert from server', {}],
  ['wan-connection', 'Oct 27 23:35:57 www railgun[199.27.130.135:22114]: Handling new WAN connection', {}],
  [
    'ping',
    'Rx [0000000000... FnPing 2012-10-27 23:37:55.872617 +0000 UTC]',
    { direction: 'Rx', requestId: '0000000000', time: '2012-10-27 23:37:55.872617 +0000 UTC' },
  ],
  [
    'pong',
    'Tx [0000000000... FnPong 2012-10-27 23:37:55.872617 +0000 UTC]',
    { direction: 'Tx', requestId: '0000000000', time: '2012-10-27 23:37:55.872617 +0000 UTC' },
  ],
  ['transmit-time', 'Transmit time: 550us', { duration: '550us' }],
  ['transmit-time', 'Transmit time: 48us', { duration: '48us' }],
  [
    'request-frame',
    `Rx [${id}... FnBegin ${id}... FnRequest HEAD http://example.com/ HTTP/1.1 188.165.194.208  ${id}... FnData DENone 374   ${id}... FnPush]`,
    {
      direction: 'Rx',
      requestId: id,
      method: 'HEAD',
      url: 'http://example.com/',
      version: 'HTTP/1.1',
      visitor: '188.165.194.208',
      encoding: 'DENone',
      bytes: '374',
    },
  ],
  ['waiting-for-request', `${id}... waiting for request`, { requestId: id }],
  [
    'request',
    `${id}... HEAD http://example.com/ HTTP/1.1 188.165.194.208 []`,
    { requestId: id, method: 'HEAD', url: 'http://example.com/', version: 'HTTP/1.1', visitor: '188.165.194.208' },
  ],
  ['lan-connecting', `${id}... Starting connection to LAN`, { requestId: id }],
  [
    'lan-connected',
    `${id}... connected to 192.0.43.10:80`,
    { requestId: id, destination: '192.0.43.10:80', address: '192.0.43.10', port: '80' },
  ],
  ['request-sent', `${id}... Request sent to server`, { requestId: id }],
  ['waiting-for-response', `${id}... waiting for response`, { requestId: id }],
  ['response-ready', `${id}... Response is ready`, { requestId: id }],
  ['response-received', `${id}... Received response`, { requestId: id }],
  ['delta-wanted', `${id}... Forcing wantedDelta`, { requestId: id }],
  [
    'origin-status',
    `${id}... HTTP/1.1 301 Moved Permanently`,
    { requestId: id, version: 'HTTP/1.1', status: '301', reason: 'Moved Permanently' },
  ],
  [
    'data-frame',
    `Tx [${id}... FnData DENone 328  ]`,
    { direction: 'Tx', requestId: id, encoding: 'DENone', bytes: '328' },
  ],
  ['push-frame', `Tx [${id}... FnPush]`, { direction: 'Tx', requestId: id }],
  [
    'completed',
    `Oct 27 23:38:11 www railgun[199.27.130.135:22114]: ${id}... completed (0 body bytes in 0.001572 seconds/0)#012`,
    { requestId: id, bytes: '0', seconds: '0.001572', rest: '0' },
  ],
];

describe('the lines that are published', () => {
  it.each(published)('%s: %s', (lineId, text, parts) => {
    expect(decodeListenerLine(text)).toMatchObject({ id: lineId, parts, row: listenerLogLines[lineId] });
    expect(Object.keys(decodeListenerLine(text)?.parts ?? {}).sort()).toEqual(Object.keys(parts).sort());
  });

  it('are all there, but for the one whose words nobody shows, and those that are said to be inferred', () => {
    const shown = new Set<string>(published.map(([lineId]) => lineId));
    const inferred = (Object.entries(listenerLogLines) as [string, ListenerLogLine][]).filter(
      ([, row]) => row.inferred,
    );
    expect(Object.keys(listenerLogLines).filter((lineId) => !shown.has(lineId))).toEqual([
      ...inferred.map(([lineId]) => lineId),
      'activation-certificate',
    ]);
    expect(inferred).toHaveLength(3);
    const said = 'Error activating: Post "https://railgun.example/": x509: certificate has expired or is not yet valid';
    expect(decodeListenerLine(said)?.id).toBe('activation-certificate');
  });
});

describe('how lines differ', () => {
  it.each([
    ['connection failed 0.0.0.0:443/example.com:dial tcp 0.0.0.0:443: i/o timeout', 'connection-timeout'],
    ['connection failed 0.0.0.0:443/example.com: dial tcp 0.0.0.0:443:i/o timeout', 'connection-timeout'],
    ['connection failed [2001:db8::1]:443/example.com: dial tcp [2001:db8::1]:443: i/o timeout', 'connection-timeout'],
    ['Error getting page: dial tcp 0.0.0.0:80: connection refused', 'page-refused'],
    ['Error getting page: dial tcp 0.0.0.0:80: connect: connection refused', 'page-refused'],
    [
      'connection failed 1.2.3.4:443/a.example: dial tcp 1.2.3.4:443: getsockopt: connection refused',
      'connection-refused',
    ],
    ['connection failed 1.2.3.4:443/a.example: remote error: tls: handshake failure', 'handshake-failure'],
    [
      '… www.example.com origin request failed 1.2.3.4:443 to %!s(MISSING): x509: certificate signed by unknown authority',
      'unknown-authority',
    ],
    [
      'a.example origin request failed 1.2.3.4:443 to %s: x509: certificate is valid for b.example, not a.example',
      'wrong-host',
    ],
    ['connection failed 1.2.3.4:443/a.example: x509: certificate signed by unknown authority', 'unknown-authority'],
    ['connection failed 1.2.3.4:8443/a.example:8443: x509: certificate is valid for b, c, not a.example', 'wrong-host'],
    ['bad Content-Length: ""', 'bad-content-length'],
    [`${id}... GET https://example.com/?q=[1] HTTP/1.1 2001:db8::1 [gzip deflate]`, 'request'],
    [`${id}... HTTP/1.1 502 Bad Gateway`, 'origin-status'],
    [`${id}... HTTP/1.0 200`, 'origin-status'],
    ['railgun: returned HTTP 502 for http://example.com/', 'http-502'],
    ['Oct 27 23:35:57 www rg-listener: HTTP/1.1 502 Bad Gateway', 'http-502'],
    ['Error getting page: dial tcp 0.0.0.0:80: i/o timeout', 'connection-timeout'],
    ['dial tcp 203.0.113.9:11211: i/o timeout', 'memcached-timeout'],
    ['dial tcp 127.0.0.1:11212: i/o timeout', 'memcached-timeout'],
    ['dial tcp [::1]:11212: i/o timeout', 'memcached-timeout'],
    ['dial tcp 10.0.0.5:11300: i/o timeout', 'memcached-timeout'],
    ['dial tcp 127.0.0.1:11211: connection refused', 'memcached-refused'],
    ['dial tcp 127.0.0.1:11211:connection refused', 'memcached-refused'],
    ['dial tcp 192.168.1.5:11212: connect: connection refused', 'memcached-refused'],
    ['dial tcp 104.16.1.1:443: i/o timeout', 'dial-timeout'],
    ['dial tcp 104.16.1.1:11212: i/o timeout', 'dial-timeout'],
    ['dial tcp 10.0.0.5:443: i/o timeout', 'dial-timeout'],
    ['dial tcp 127.0.0.1:80: i/o timeout', 'dial-timeout'],
    ['dial tcp 127.evil.example:24088: i/o timeout', 'dial-timeout'],
  ])('%s is %s', (text, lineId) => {
    expect(decodeListenerLine(text)?.id).toBe(lineId);
  });

  it.each([
    [
      'x509: certificate has expired or is not yet valid: current time 2026-11-21T12:00:00Z is after 2026-01-01T00:00:00Z',
    ],
    ['EOF'],
    ['dial tcp 192.0.2.1:443: connect: no route to host'],
    ['read tcp 192.0.2.9:41000->192.0.2.1:443: read: connection reset by peer'],
    ['remote error: tls: protocol version not supported'],
    ['no idea'],
  ])('an origin that failed for another reason is told with it: %s', (reason) => {
    const destination = { destination: '192.0.2.1:443', address: '192.0.2.1', port: '443' };
    const place = { ...destination, host: 'a.example' };
    const line = decodeListenerLine(`connection failed 192.0.2.1:443/a.example: ${reason}`);
    expect(line).toMatchObject({ id: 'connection-failed-otherwise', row: { code: 527, inferred: true } });
    expect(line?.parts).toEqual({ ...place, reason });
    expect(line?.remedy).toContain('rg-diag probe 192.0.2.1:443\n');
    const request = decodeListenerLine(`a.example origin request failed 192.0.2.1:443 to %!s(MISSING): ${reason}`);
    expect([request?.id, request?.parts]).toEqual(['connection-failed-otherwise', { ...place, reason }]);
    const page = decodeListenerLine(`Error getting page: ${reason}`);
    expect(page?.id).toBe('connection-failed-otherwise');
    expect(page?.parts).toEqual({ ...(reason.startsWith('dial tcp') && destination), reason });
  });

  it('a status is rg-listener’s where it is named, and bare only in the words of the documents', () => {
    for (const line of [
      'upstream sent HTTP/1.1 502 Bad Gateway',
      'HTTP 502 for a.example',
      'HTTP/1.1 502 Bad Gateway',
    ]) {
      expect(decodeListenerLine(line)).toBeUndefined();
      expect(decodeListenerLine(`Oct 27 23:35:57 www ${line}`)).toBeUndefined();
      expect(decodeListenerLine(`<30>1 2016-11-08T01:02:03Z www nginx - - - ${line}`)).toBeUndefined();
      expect(decodeListenerLine(`<30>1 2016-11-08T01:02:03Z www railgun - - - ${line}`)?.id).toBe('http-502');
      expect(decodeListenerLine(line, true)?.id).toBe('http-502');
    }
  });

  it('the address of IPv6 is told without its brackets', () => {
    const { parts } =
      decodeListenerLine('no response from origin (timeout) [2001:db8::1]:80/a.example') ?? expect.fail();
    expect(parts).toMatchObject({ destination: '[2001:db8::1]:80', address: '2001:db8::1', port: '80' });
  });

  it.each([
    '',
    'GET / HTTP/1.1',
    'connection failed',
    'connection failed 0.0.0.0:443/example.com',
    'connection failed 0.0.0.0:443/example.com: ',
    'connection failed 0.0.0.0:443/example.com:',
    'Error getting page:',
    'dial tcp 127.0.0.1:443: connection refused',
    'dial tcp 104.16.1.1:443: connection refused',
    'dial tcp 127.0.0.1:11211: connect: no route to host',
    'the origin answered HTTP 502',
    'Error activating: something else',
    'x509: certificate signed by unknown authority',
    'Oct 27 23:35:57 www sshd[12]: Handling new WAN connection',
    `${id}...`,
    `${id}... `,
    `Rx [${id}... FnNew 1]`,
    'Transmit time:',
    '192.0.2.1 - - [27/Oct/2012:23:35:57 +0000] "GET / HTTP/1.1" 502 166',
    'toString',
    `${id}... toString`,
  ])('%j is none', (text) => {
    expect(decodeListenerLine(text)).toBeUndefined();
  });
});

describe('what stands before a line', () => {
  const message = 'Handling new WAN connection';
  const peer = '199.27.130.135:22114';

  it.each([
    [message, {}],
    [`railgun[${peer}]: ${message}`, { tag: 'railgun', peer }],
    [
      `Oct 27 23:35:57 www railgun[${peer}]: ${message}`,
      { time: 'Oct 27 23:35:57', hostname: 'www', tag: 'railgun', peer },
    ],
    [`<30>Oct  7 23:35:57 www railgun[812]: ${message}`, { time: 'Oct  7 23:35:57', hostname: 'www', tag: 'railgun' }],
    [
      `Oct 27 23:35:57 www railgun[[2400:cb00::1]:22114]: ${message}`,
      { time: 'Oct 27 23:35:57', hostname: 'www', tag: 'railgun', peer: '[2400:cb00::1]:22114' },
    ],
    [
      `2012-10-27T23:35:57.123456+00:00 www rg-listener: ${message}`,
      { time: '2012-10-27T23:35:57.123456+00:00', hostname: 'www', tag: 'rg-listener' },
    ],
    [
      `2012-10-27T23:35:57Z www rg-listener: [Activation] ${message}`,
      { time: '2012-10-27T23:35:57Z', hostname: 'www', tag: 'rg-listener', component: 'Activation' },
    ],
    [
      `<165>1 2012-10-27T23:35:57.003Z www.example.com rg-listener 812 - - \ufeff${message}`,
      { time: '2012-10-27T23:35:57.003Z', hostname: 'www.example.com', tag: 'rg-listener' },
    ],
    [`<165>1 - - railgun ${peer} ID47 [a@1 b="x\\]y"][c@2] ${message}`, { tag: 'railgun', peer }],
    [`rg-listener: [2a074d8b36f00000-ATL] ${message}`, { tag: 'rg-listener', ray: '2a074d8b36f00000-ATL' }],
    [`[2a074d8b36f00000-ATL] ${message}`, { ray: '2a074d8b36f00000-ATL' }],
    [`  ${message}#012\r\n`, {}],
    [`2026/11/21 03:00:01.000123 ${message}`, { time: '2026/11/21 03:00:01.000123' }],
    [`2026/11/21 03:00:01 [Activation] ${message}`, { time: '2026/11/21 03:00:01', component: 'Activation' }],
    [
      `Sat 2026-11-21 03:00:01 UTC www rg-listener[9]: ${message}`,
      { time: '2026-11-21 03:00:01 UTC', hostname: 'www', tag: 'rg-listener' },
    ],
    [
      `Sat 2026-11-21 03:00:01 UTC WWW rg-listener[9]: ${message}`,
      { time: '2026-11-21 03:00:01 UTC', hostname: 'WWW', tag: 'rg-listener' },
    ],
    [
      `Sat 2026-11-21 03:00:01 CEST www rg-listener[9]: ${message}`,
      { time: '2026-11-21 03:00:01', hostname: 'www', tag: 'rg-listener' },
    ],
    [`> > Oct 27 23:35:57 www railgun: ${message}`, { time: 'Oct 27 23:35:57', hostname: 'www', tag: 'railgun' }],
    [`>> ${message}`, {}],
  ])('%s', (text, prefix) => {
    expect(decodeListenerLine(text)).toMatchObject({ id: 'wan-connection' });
    expect(decodeListenerLine(text)?.prefix).toEqual(prefix);
  });

  it.each([
    [`railgun[${peer}]: message repeated 99 times: [ ${message}]`, 99],
    [`2012-10-27T23:35:57Z www rg-listener: message repeated 2 times: [[Activation] ${message}]#012`, 2],
    [`railgun: message repeated 5 times: [ ${message}#012]`, 5],
    [`railgun: message repeated 1 times: [ ${message}]`, undefined],
    [`railgun: message repeated 0 times: [ ${message}]`, undefined],
    [message, undefined],
  ])('%s says how often', (text, times) => {
    expect(decodeListenerLine(text)?.id).toBe('wan-connection');
    expect(decodeListenerLine(text)?.times).toBe(times);
  });

  it.each(['message repeated 9 times', 'message repeated x times: [ ', 'message repeated 1234567890 times: [ '])(
    '%s is no repetition',
    (text) => {
      expect(decodeListenerLine(`railgun: ${text}${message}]`)).toBeUndefined();
    },
  );

  it.each(published)('may stand before %s', (lineId, text) => {
    const [line = ''] = [text.replace(/^(?:Oct .*? www )?(?:rg-listener|railgun)(?:\[[^\]]*\])?: /, '')];
    for (const head of [
      'Nov  8 01:02:03 host railgun[1.2.3.4:5]: ',
      '2016-11-08T01:02:03+01:00 host rg-listener: ',
      '<14>1 2016-11-08T01:02:03Z host rg-listener - - - ',
    ]) {
      expect(decodeListenerLine(`${head}${line}#012`)).toMatchObject({ id: lineId, prefix: { hostname: 'host' } });
    }
  });
});

describe('the remedy', () => {
  it('says where to run what has to be run where rg-listener is', () => {
    const errors = (Object.entries(listenerLogLines) as [ListenerLineId, ListenerLogLine][]).filter(
      ([, { kind, remedy = '' }]) => kind === 'error' && /rg-diag (?:probe|origin|cert) /.test(remedy),
    );
    expect(errors.length).toBeGreaterThan(7);
    for (const [lineId, { remedy }] of errors) {
      expect(remedy, lineId).toMatch(/^On the machine of rg-listener: rg-diag /);
    }
    expect(listenerLogLines['connection-refused'].remedy).toContain('firewall');
  });

  it('names the command with what the line says', () => {
    const line = decodeListenerLine('connection failed 192.0.2.1:443/example.com: remote error: handshake failure');
    expect(line?.remedy).toContain('rg-diag cert 192.0.2.1:443 --servername example.com\n');
    expect(decodeListenerLine('HTTP 502')?.remedy).toContain('rg-diag probe HOST 443\n');
  });

  it('names SIGHUP for keys that it is enough for, and a restart for others', () => {
    for (const lineId of ['connection-timeout', 'no-response', 'memcached-timeout'] as const) {
      const { remedy } = listenerLogLines[lineId];
      expect(remedy).toMatch(/timeout and send rg-listener a SIGHUP\.$/);
      expect(remedy).not.toMatch(/restart/);
    }
    expect(listenerLogLines['unknown-authority'].remedy).toContain('ca.bundle names, and restart rg-listener.');
  });

  it('carries nothing into a command that a shell would run, or take for an option', () => {
    for (const host of ['$(reboot)', '`reboot`', 'a;reboot', '--resolver', 'a|b', 'a&b', 'a>b', "a'b"]) {
      const { remedy = '', parts } =
        decodeListenerLine(`no response from origin (timeout) 192.0.2.1:80/${host}`) ?? expect.fail();
      expect(parts['host']).toBe(host);
      expect(remedy).toContain('rg-diag origin HOST --ip 192.0.2.1\n');
    }
  });
});

describe('the rows', () => {
  const rows: readonly (readonly [string, ListenerLogLine])[] = Object.entries(listenerLogLines);

  it.each(rows)('%s has what a reader needs, and a source', (lineId, row) => {
    expect(lineId).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(row.cause).toMatch(/^\S.*[^.]$/);
    expect(row.source).toMatch(/^Cloudflare/);
    if (row.kind === 'error') expect(row.remedy).toMatch(/\S/);
    if (row.code === 527) expect(row.codeBefore530).toBe(502);
    expect(row.phase === undefined || row.kind === 'debug').toBe(true);
  });

  it('say what visitors see, as the documents do', () => {
    const codes = rows
      .filter(([, { kind }]) => kind === 'error')
      .map(([lineId, row]) => [lineId, row.code, row.otherCode?.code]);
    expect(codes).toEqual([
      ['connection-timeout', 527, undefined],
      ['no-response', 527, undefined],
      ['page-refused', 527, undefined],
      ['connection-refused', 527, undefined],
      ['handshake-failure', 527, undefined],
      ['wrong-host', 527, undefined],
      ['unknown-authority', 520, 527],
      ['connection-failed-otherwise', 527, undefined],
      ['bad-content-length', undefined, undefined],
      ['memcached-failed', null, undefined],
      ['memcached-timeout', null, undefined],
      ['memcached-refused', null, undefined],
      ['dial-timeout', undefined, undefined],
      ['http-502', 502, 527],
    ]);
  });
});

describe('any text', () => {
  const word = fc.stringMatching(/^[a-z0-9.]{1,12}$/);
  const partOf: Readonly<Record<string, fc.Arbitrary<string>>> = {
    destination: fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 })).map((both) => both.join(':')),
    requestId: fc.stringMatching(/^[0-9a-f]{10}$/),
    direction: fc.constantFrom('Rx', 'Tx'),
    method: fc.constantFrom('GET', 'POST', 'HEAD'),
    version: fc.constantFrom('HTTP/1.0', 'HTTP/1.1'),
    status: fc.integer({ min: 100, max: 599 }).map(String),
    bytes: fc.nat().map(String),
    seconds: fc.constant('0.001572'),
    reason: fc.constant('x509: certificate has expired'),
  };

  /** What the place tells apart. */
  const ofMemcached = fc.oneof(fc.ipV4(), fc.constant('[::1]')).map((address) => `${address}:11211`);
  const placeOf: Readonly<Partial<Record<ListenerLineId, fc.Arbitrary<string>>>> = {
    'memcached-timeout': ofMemcached,
    'memcached-refused': ofMemcached,
    'dial-timeout': fc
      .constantFrom('104.16.1.1', '127.0.0.1', '[2606:4700::1]', 'a.example')
      .map((host) => `${host}:443`),
  };

  it.each(Object.keys(listenerLogLines) as ListenerLineId[])('%s reads back what was written', (lineId) => {
    const keys = [...listenerLogLines[lineId].text.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => key);
    const destination = placeOf[lineId];
    const ownPartOf: typeof partOf = destination === undefined ? partOf : { ...partOf, destination };
    const parts = fc.record(Object.fromEntries(keys.map((key) => [key, ownPartOf[key] ?? word])));
    fc.assert(
      fc.property(parts, (given) => {
        const line = decodeListenerLine(listenerLogLine(lineId, given));
        expect(line).toMatchObject({ id: lineId, parts: given });
      }),
    );
  });

  it('is no reason to throw, nor is any mutilation of a line', () => {
    const cut = fc
      .constantFrom(...published.map(([, text]) => text))
      .chain((text) =>
        fc
          .tuple(fc.nat(text.length), fc.string({ unit: 'binary', maxLength: 4 }), fc.nat(text.length))
          .map(([at, junk, to]) => text.slice(0, at) + junk + text.slice(to)),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), cut), (text) => {
        const line = decodeListenerLine(text);
        if (line !== undefined) expect(listenerLogLines).toHaveProperty([line.id]);
      }),
      { numRuns: 5000 },
    );
  });

  // A quadratic reader would need minutes for these.
  it.each([' ', ':', '/', 'x', '1.2.3.4:', 'not ', ', not ', '[', ']', '\\', '#012', '\n', 'HTTP 50', '… ', 'FnData '])(
    'that repeats %j costs what it is long',
    (piece) => {
      for (const head of [
        '',
        'connection failed ',
        'connection failed a:1/',
        'connection failed a:1/h: dial tcp ',
        'dial tcp ',
        'a origin request failed ',
        'Rx [ab18927f79... ',
        'ab18927f79... ',
        'railgun[',
        '<1>1 a b c d e [',
        'connection failed a:1/h: x509: certificate is valid for ',
      ]) {
        for (let run = 0; run < 20; run += 1) decodeListenerLine(head + piece.repeat(60_000 / piece.length));
        expect(decodeListenerLine(head + piece.repeat(5_000_000 / piece.length))).toBeUndefined();
      }
    },
  );
});
