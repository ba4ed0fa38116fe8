import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

interface Needed {
  readonly program: string;
  /** Debian's package that has it. */
  readonly package: string;
  /**
   * Unpacked into the cache instead of installed, and put on the PATH of the tests: for a package of which one program is
   * wanted, and not the rest. This is the folder of the program within it.
   */
  readonly unpackedFrom?: string;
  /** Where the package installs it, if that is no folder of the PATH. */
  readonly folder?: string;
}

/** Every program that a test runs and that is not part of a minimal Debian. */
const needed: readonly Needed[] = [
  { program: 'mandoc', package: 'mandoc' },
  { program: 'man', package: 'man-db' },
  { program: 'zsh', package: 'zsh' },
  { program: 'fish', package: 'fish' },
  { program: 'ip', package: 'iproute2' },
  { program: 'nft', package: 'nftables' },
  { program: 'nc.openbsd', package: 'netcat-openbsd' },
  { program: 'inetutils-telnet', package: 'inetutils-telnet' },
  { program: 'openssl', package: 'openssl' },
  { program: 'update-ca-certificates', package: 'ca-certificates' },
  { program: 'nginx', package: 'nginx-light' },
  { program: 'haproxy', package: 'haproxy' },
  { program: 'memcached', package: 'memcached' },
  { program: 'memcstat', package: 'libmemcached-tools' },
  { program: 'sysctl', package: 'procps' },
  { program: 'mtr', package: 'mtr-tiny' },
  { program: 'traceroute', package: 'traceroute' },
  { program: 'tracepath', package: 'iputils-tracepath' },
  { program: 'journalctl', package: 'systemd' },
  // Makes files of the journal out of text.
  { program: 'systemd-journal-remote', package: 'systemd-journal-remote', folder: '/usr/lib/systemd' },
  // Other kinds of traceroute, which would take its place if they were installed.
  { program: 'inetutils-traceroute', package: 'inetutils-traceroute', unpackedFrom: 'usr/bin' },
  { program: 'busybox', package: 'busybox-static', unpackedFrom: 'bin' },
  { program: 'curl', package: 'curl' },
  { program: 'chromium', package: 'chromium' },
  { program: 'promtool', package: 'prometheus', unpackedFrom: 'usr/bin' },
];

const cache = resolve('node_modules/.cache/rg-diag-test-packages');

/**
 * Runs once before all tests: what they run against is there, or one sentence says what is missing and how to get it.
 * No test is skipped for a program that is not there.
 */
export default function packages(): void {
  const unpacked = needed.flatMap((row) => (row.unpackedFrom === undefined ? [] : [folderOf(row, row.unpackedFrom)]));
  process.env['PATH'] = [...unpacked, process.env['PATH'] ?? ''].join(delimiter);
  let missing = needed.filter(isMissing);
  if (missing.length === 0) return;

  const problems = mayInstall() ? install(missing) : [];
  missing = needed.filter(isMissing);
  if (missing.length === 0) return;
  const names = missing.map((row) => row.package).join(' ');
  const programs = missing.map(({ program }) => program).join(', ');
  const why = problems.length === 0 ? '' : ` (tried: ${problems.join('; ')})`;
  throw new Error(`The tests run against ${programs}: install with «apt-get install ${names}» as root${why}.`);
}

function isMissing({ program, folder }: Needed): boolean {
  const folders = folder === undefined ? (process.env['PATH'] ?? '').split(delimiter) : [folder];
  return !folders.some((each) => isExecutable(join(each, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Returns what went wrong: it may not matter, if all programs are there in the end. */
function install(missing: readonly Needed[]): string[] {
  const problems: string[] = [];
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      problems.push(String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '');
    }
  };
  console.log(`installing what the tests run against: ${missing.map((row) => row.package).join(' ')}`);
  attempt(() => aptGet(['update'], 120));
  const installed = missing.filter(({ unpackedFrom }) => unpackedFrom === undefined).map((row) => row.package);
  if (installed.length > 0) {
    attempt(() => withoutDaemons(() => aptGet(['install', '-y', '--no-install-recommends', ...installed], 240)));
  }
  for (const row of missing) if (row.unpackedFrom !== undefined) attempt(() => unpack(row));
  return problems;
}

/** Debian starts a daemon (nginx, memcached) as soon as it is installed, unless a policy is there that forbids it. */
function withoutDaemons(work: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) {
    work();
    return;
  }
  const forbidden = 101;
  writeFileSync(policy, `#!/bin/sh\nexit ${forbidden}\n`, { mode: 0o755 });
  try {
    work();
  } finally {
    rmSync(policy);
  }
}

function aptGet(words: readonly string[], seconds: number, folder = '.'): void {
  execFileSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=100', ...words], {
    cwd: folder,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: seconds * 1000,
  });
}

function folderOf(row: Needed, folder: string): string {
  return join(cache, row.package, folder);
}

/** Aside first and then renamed: a run that was interrupted leaves nothing that looks whole. */
function unpack(row: Needed): void {
  mkdirSync(cache, { recursive: true });
  const aside = mkdtempSync(join(cache, 'unpacking-'));
  try {
    // The sandbox user of apt may not write here; as root it says so and goes on.
    aptGet(['download', row.package], 240, aside);
    const file = readdirSync(aside).find((name) => name.endsWith('.deb'));
    if (file === undefined) throw new Error(`apt-get download brought no file for ${row.package}`);
    execFileSync('dpkg-deb', ['-x', file, 'whole'], { cwd: aside, timeout: 60_000 });
    // Another run may have been quicker, and its tests are already using what it unpacked.
    if (!isMissing(row)) return;
    rmSync(join(cache, row.package), { recursive: true, force: true });
    renameSync(join(aside, 'whole'), join(cache, row.package));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
