import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/** What a page did in the browser, beyond being shown. */
export interface Opened {
  /** Everything that it asked for, itself included. */
  readonly requests: readonly string[];
  /** Scripts that were compiled. */
  readonly scripts: number;
  /** Dialogs, complaints about its policy, and whatever else came to the console. */
  readonly complaints: readonly string[];
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One tab of Debian's Chromium, driven through its debugging pipe. */
export class Chromium {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #commands: Writable;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #listen: (method: string, params: unknown) => void = () => undefined;
  #session: string | undefined;
  #lastId = 0;
  #pages = 0;

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'rg-diag-chromium-'));
    // It is root in the tests, for whom its sandbox does not work; what else it would ask the network for is not the page's.
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
    const own = ['--remote-debugging-pipe', `--user-data-dir=${join(this.#folder, 'profile')}`];
    this.#child = spawn('chromium', [...flags, ...quiet, ...own, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const [, , , commands, answers] = this.#child.stdio;
    this.#commands = commands as Writable;
    this.#commands.on('error', () => undefined);
    this.#read(answers as Readable);
    this.#child.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium has ended'));
      this.#waiting.clear();
    });
  }

  static async start(): Promise<Chromium> {
    const chromium = new Chromium();
    const { targetId } = await chromium.command<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
    const attached = await chromium.command<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    chromium.#session = attached.sessionId;
    for (const domain of ['Page', 'Network', 'Runtime', 'Log', 'Debugger']) await chromium.command(`${domain}.enable`);
    return chromium;
  }

  command<Result>(method: string, params: object = {}): Promise<Result> {
    const id = ++this.#lastId;
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#commands.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    }) as Promise<Result>;
  }

  /** Shows a page from a file, and waits until it is loaded. */
  async open(page: string): Promise<Opened> {
    const file = join(this.#folder, `${++this.#pages}.html`);
    writeFileSync(file, page);
    const requests: string[] = [];
    const complaints: string[] = [];
    let scripts = 0;
    const loaded = new Promise<void>((resolve) => {
      this.#listen = (method, params) => {
        if (method === 'Page.loadEventFired') resolve();
        if (method === 'Network.requestWillBeSent') {
          requests.push((params as { request: { url: string } }).request.url);
        }
        if (method === 'Debugger.scriptParsed') scripts += 1;
        if (
          method === 'Page.javascriptDialogOpening' ||
          method === 'Log.entryAdded' ||
          /^Runtime\.(con|exc)/.test(method)
        ) {
          complaints.push(`${method} ${JSON.stringify(params)}`);
        }
      };
    });
    await this.command('Page.navigate', { url: pathToFileURL(file).href });
    await loaded;
    // What the page has done by itself is done before it answers; from here on the scripts are ours.
    await this.command('Page.getLayoutMetrics');
    const opened = { requests: [...requests], scripts, complaints: [...complaints] };
    this.#listen = () => undefined;
    rmSync(file);
    return opened;
  }

  /** The value of an expression, as JSON, in a page whose own policy forbids scripts. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const answer = await this.command<{ result: { value: Value }; exceptionDetails?: { text: string } }>(
      'Runtime.evaluate',
      { expression, returnByValue: true },
    );
    if (answer.exceptionDetails !== undefined) throw new Error(JSON.stringify(answer.exceptionDetails));
    return answer.result.value;
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'close');
    this.#session = undefined;
    await this.command('Browser.close').catch(() => undefined);
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #read(answers: Readable): void {
    let rest = '';
    answers.setEncoding('utf8');
    answers.on('data', (chunk: string) => {
      const texts = `${rest}${chunk}`.split('\0');
      rest = texts.pop() ?? '';
      for (const text of texts) this.#take(JSON.parse(text));
    });
  }

  #take({ id, method, params, result, error }: Message): void {
    if (method !== undefined) this.#listen(method, params);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message));
  }
}
