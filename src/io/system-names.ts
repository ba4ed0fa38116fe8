import { lookup } from 'node:dns';
import { readFileSync } from 'node:fs';

type Answer = readonly string[] | NodeJS.ErrnoException;

/**
 * Every address that the system knows of a name: from /etc/hosts, name servers, and whatever else it is set up to ask.
 * Never rejects. What the system asks over the network cannot be called off, and a process that ends waits for it, ten
 * seconds for a silent name server: so another process asks, which is ended with this one. That costs some 40 ms; names
 * that /etc/hosts has are asked for here.
 */
export async function lookUp(host: string, family: 4 | 6 | 0 = 0): Promise<Answer> {
  if (isInHosts(host)) {
    return new Promise((answer) => {
      lookup(host, { all: true, verbatim: true, family }, (error, addresses) =>
        answer(error ?? addresses.map(({ address }) => address)),
      );
    });
  }
  asker ??= startAsker();
  return (await asker).ask(host, family);
}

let hosts: ReadonlySet<string> | undefined;

/** Whether /etc/hosts has the name. */
export function isInHosts(name: string): boolean {
  hosts ??= namesOf(textOfHosts());
  return hosts.has(name.toLowerCase());
}

/** The names in a text of the form of /etc/hosts, in lower case: what stands behind an address, up to a comment. */
export function namesOf(text: string): ReadonlySet<string> {
  const lines = text.toLowerCase().split('\n');
  return new Set(lines.flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1)));
}

function textOfHosts(): string {
  try {
    return readFileSync('/etc/hosts', 'utf8');
  } catch {
    return '';
  }
}

interface Asker {
  ask(host: string, family: 4 | 6 | 0): Promise<Answer>;
}

let asker: Promise<Asker> | undefined;

async function startAsker(): Promise<Asker> {
  const { spawn } = await import('node:child_process');
  const waiting = new Map<number, (answer: Answer) => void>();
  const child = spawn(process.execPath, ['-e', `(${answerQuestions})()`], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // A name takes a thread while it is asked for; of more at once than this, some name servers drop a part. Options for
    // this process are none of its business.
    env: { ...process.env, UV_THREADPOOL_SIZE: '16', NODE_OPTIONS: '' },
    // Ctrl-C is for this process, which then still reports.
    detached: true,
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const gone = (error: NodeJS.ErrnoException) => {
    asker = undefined;
    process.off('exit', end);
    for (const answer of waiting.values()) answer(error);
    waiting.clear();
  };
  const ended = Object.assign(new Error('the process that asks for names has ended'), { code: 'EAI_FAIL' });
  child.once('error', gone);
  child.once('close', () => gone(ended));
  child.on('message', (message) => {
    const { id, addresses = [], error } = message as Reply;
    waiting.get(id)?.(error === undefined ? addresses : Object.assign(new Error(error.message), error));
    waiting.delete(id);
  });
  let last = 0;
  return {
    ask: (host, family) =>
      new Promise((answer) => {
        last++;
        waiting.set(last, answer);
        child.send({ id: last, host, family } satisfies Question, (error) => error && gone(error));
      }),
  };
}

interface Question {
  readonly id: number;
  readonly host: string;
  readonly family: 4 | 6 | 0;
}

interface Reply {
  readonly id: number;
  readonly addresses?: readonly string[];
  readonly error?: { readonly code?: string; readonly message: string };
}

/** What the other process runs, until nobody is left to answer; its text is handed over, so it stands by itself. */
function answerQuestions(): void {
  const dns = process.getBuiltinModule('node:dns');
  process.on('message', (message) => {
    const { id, host, family } = message as Question;
    dns.lookup(host, { all: true, verbatim: true, family }, (error, found) => {
      const reply: Reply =
        error === null
          ? { id, addresses: found.map(({ address }) => address) }
          : { id, error: { message: error.message, ...(error.code !== undefined && { code: error.code }) } };
      process.send?.(reply);
    });
  });
}
