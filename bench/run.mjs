// Measures rg-diag against what one would use instead, both in the same run, and prints ratios of medians.
//   npm run bench            everything; needs mawk, GNU time, 3 GB of room for temporary files, and for the network
//                            (as root) nginx, openssl, memcached, memcstat, nmap, ip, and check_http of monitoring-plugins
//   npm run bench -- start   only what is named: start, log, memory, cores, logs, one, tls, ports, filtered, memcached
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAccessLog } from './access-log.mjs';
import { addresses, silentNetwork, startMemcached, startTls } from './network.mjs';
import { errorPatterns, writeSyslog } from './syslog.mjs';

const rgDiag = join(import.meta.dirname, '../bin/rg-diag');
const header = '151df128a1 2.05 0.009465 0031 5360';
const wanted = process.argv.slice(2);

/** What a user would type instead of rg-diag to count flags words and sum ratios of the last column. */
const mawk =
  '{ flags[$(NF-1)]++; ratios += $(NF-3) } END { for (word in flags) print word, flags[word]; print ratios }';

function seconds(command, args) {
  const started = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined) throw error;
  if (status === null || status > 2) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Runs both in turn, after one run of each that does not count. */
function compare(title, bar, rounds, [command, args], [otherCommand, otherArgs]) {
  const mine = [];
  const others = [];
  for (let round = 0; round <= rounds; round++) {
    mine.push(seconds(command, args));
    others.push(seconds(otherCommand, otherArgs));
  }
  const [a, b] = [median(mine.slice(1)), median(others.slice(1))];
  console.log(`${title}\n  ${ms(a)} against ${ms(b)}: ratio ${(a / b).toFixed(2)} (bar: ${bar})`);
}

function ms(time) {
  return `${(time * 1000).toFixed(1)} ms`;
}

function peakMegabytes(args) {
  const { stderr, error } = spawnSync('/usr/bin/time', ['-f', '%M', rgDiag, ...args], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return Number(stderr.trim().split('\n').at(-1)) / 1024;
}

/** What is to be stopped at the end, whatever happens. */
const running = [];

function kept(server) {
  running.push(server.stop);
  return server;
}

const parts = {
  start() {
    const nothing = [process.execPath, ['-e', '0']];
    compare('rg-diag -decode=… against node -e 0', '≤ 1.15', 41, [rgDiag, [`-decode=${header}`]], nothing);
    compare('rg-diag --help against node -e 0', '≤ 1.3', 41, [rgDiag, ['--help']], nothing);
    compare(
      'rg-diag decode VALUE --json against node -e 0',
      '≤ 1.3',
      41,
      [rgDiag, ['decode', header, '--json']],
      nothing,
    );
  },
  log({ small }) {
    compare(
      'summary of 1,000,000 lines against mawk, which only counts flags words and sums ratios',
      '≤ 0.5',
      9,
      [rgDiag, ['decode', '-i', small, '--json']],
      ['mawk', [mawk, small]],
    );
  },
  memory({ small, large }) {
    const [a, b] = [small, large].map((path) => peakMegabytes(['decode', '-i', path, '--json']));
    console.log(`peak memory on 1,000,000 lines and on 10,000,000 (bar: the same, under 150 MB)`);
    console.log(`  ${a.toFixed(0)} MB and ${b.toFixed(0)} MB`);
  },
  cores({ large }) {
    const args = (threads) => ['decode', '-i', large, '--json', '--concurrency', String(threads)];
    compare('one thread against two on 10,000,000 lines', '≥ 1.6', 5, [rgDiag, args(1)], [rgDiag, args(2)]);
  },
  logs({ folder }) {
    const [small, large] = [join(folder, 'syslog'), join(folder, 'syslog-10')];
    writeSyslog(small, 1_000_000);
    // Into /dev/null it would stop at the first match.
    const grep = ['sh', ['-c', 'grep -cE "$1" "$2" | cat', 'sh', errorPatterns, small]];
    compare('1,000,000 lines of syslog by cause against grep -cE', '≤ 2', 9, [rgDiag, ['logs', small, '--json']], grep);
    writeSyslog(large, 10_000_000);
    const [a, b] = [small, large].map((path) => peakMegabytes(['logs', path, '--json']));
    console.log('peak memory on 1,000,000 lines and on 10,000,000 (bar: constant)');
    console.log(`  ${a.toFixed(0)} MB and ${b.toFixed(0)} MB`);
  },
  async one({ folder }) {
    const nothing = [process.execPath, ['-e', '0']];
    const [tls, memcached] = [kept(await startTls(folder)), kept(await startMemcached())];
    const trusting = ['--ca-file', tls.ca, '--json'];
    const to = ['--connect-to', `127.0.0.1:${tls.port}`];
    const one = (bar, title, args) =>
      compare(`rg-diag ${title}, one target, against node -e 0`, bar, 41, [rgDiag, args], nothing);
    one('≤ 1.6', 'probe', ['probe', '127.0.0.1', String(tls.port), '--json']);
    one('≤ 1.6', 'nc -z', ['nc', '-z', '127.0.0.1', String(tls.port)]);
    one('≤ 1.6', 'memcached', ['memcached', `127.0.0.1:${memcached.port}`, '--json']);
    one('≤ 1.6', 'cert', ['cert', 'bench.test', ...to, ...trusting]);
    const at = ['--ip', '127.0.0.1', '--port', String(tls.port), '--public', 'never'];
    one('≤ 1.8', 'origin (TLS)', ['origin', 'bench.test', ...at, ...trusting]);
    one('≤ 1.8', 'origin (TLS, as text)', ['origin', 'bench.test', ...at, '--ca-file', tls.ca]);
    one('≤ 3.5', 'trace', ['trace', 'bench.test', ...to, ...trusting]);
  },
  async tls({ folder }) {
    const { port, ca } = kept(await startTls(folder));
    const list = join(folder, 'targets');
    const hosts = addresses(1000);
    writeFileSync(list, hosts.map((host) => `${host}:${port}\n`).join(''));
    const bare = join(folder, 'addresses');
    writeFileSync(bare, hosts.map((host) => `${host}\n`).join(''));
    const check = `xargs -P8 -I{} /usr/lib/nagios/plugins/check_http -I {} -p ${port} -S -C 20,5 <${bare} >/dev/null; true`;
    compare(
      'cert of 1,000 TLS targets against xargs -P8 of check_http -S -C',
      '≤ 0.9',
      3,
      [rgDiag, ['cert', '--targets', list, '--servername', 'bench.test', '--ca-file', ca, '--json']],
      ['sh', ['-c', check]],
    );
  },
  ports() {
    const range = '20001-30000';
    compare(
      'probe of 10,000 loopback ports against nmap -sT -Pn -n',
      '≤ 4.5',
      7,
      [rgDiag, ['probe', '127.0.0.1', range, '--json']],
      ['nmap', ['-sT', '-Pn', '-n', '-p', range, '127.0.0.1']],
    );
  },
  filtered() {
    const { words, address } = kept(silentNetwork());
    const probe = [rgDiag, 'probe', address, '1-1000', '--connect-timeout', '1', '--json'];
    const time = median([1, 2, 3].map(() => seconds('ip', [...words, ...probe])));
    console.log(`probe of 1,000 filtered ports with --connect-timeout 1\n  ${ms(time)} (bar: under 3 s)`);
  },
  async memcached({ folder }) {
    const { port } = kept(await startMemcached());
    const list = join(folder, 'servers');
    writeFileSync(
      list,
      addresses(500)
        .map((host) => `${host}:${port}\n`)
        .join(''),
    );
    const loop = `while read -r server; do memcstat --servers=$server; done <${list} >/dev/null`;
    compare(
      'memcached -f ndjson of 500 servers against a loop of memcstat',
      '≤ 0.4',
      3,
      [rgDiag, ['memcached', '--targets', list, '-f', 'ndjson']],
      ['sh', ['-c', loop]],
    );
  },
};

const chosen = Object.keys(parts).filter((name) => wanted.length === 0 || wanted.includes(name));
const folder = mkdtempSync(join(tmpdir(), 'rg-diag-bench-'));
try {
  console.log(`Node ${process.version}, ${availableParallelism()} cores; medians of whole processes\n`);
  const files = { small: join(folder, 'access.log'), large: join(folder, 'access-10.log') };
  if (chosen.some((name) => ['log', 'memory', 'cores'].includes(name))) writeAccessLog(files.small, 1_000_000);
  if (chosen.includes('memory') || chosen.includes('cores')) {
    spawnSync('sh', ['-c', 'for i in 1 2 3 4 5 6 7 8 9 10; do cat "$1"; done >"$2"', 'sh', files.small, files.large]);
  }
  for (const name of chosen) {
    const own = join(folder, name);
    mkdirSync(own);
    await parts[name]({ ...files, folder: own });
  }
} finally {
  for (const stop of running) stop();
  rmSync(folder, { recursive: true });
}
