import { parentPort, Worker } from 'node:worker_threads';

/** A thread of our own that works on orders and answers with plain data. */
export interface Thread<Order> {
  send(order: Order): void;
  /** Ends the thread, whatever it does. */
  stop(): Promise<void>;
}

/** What becomes of a thread: its answers, and the error that ended it if it has a bug. */
export interface ThreadEvents<Answer> {
  answer(answer: Answer): void;
  broken(error: Error): void;
}

/** Starts the thread that `build` made of `worker.ts` of a command; `name` is that of the command. */
export function startThread<Order, Answer>(name: string, events: ThreadEvents<Answer>): Thread<Order> {
  const worker = new Worker(new URL(`./${name}-worker.cjs`, import.meta.url));
  worker.on('message', events.answer);
  worker.on('error', events.broken);
  return {
    send: (order) => worker.postMessage(order),
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** The other side: runs `work` on every order of the thread that started this one. */
export function serveThread<Order, Answer>(work: (order: Order, answer: (answer: Answer) => void) => void): void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs as a thread only');
  port.on('message', (order: Order) => work(order, (answer) => port.postMessage(answer)));
}
