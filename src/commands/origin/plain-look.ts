import type { EdgeWay } from '../../decoders/edge-way.js';
import type { WaySeen } from '../../decoders/other-modes.js';
import { createDeadline, stopOf } from '../../io/deadline.js';
import type { MeasureContext } from '../command.js';
import type { OriginAsked, OriginTarget } from './facts.js';
import { look, type Way } from './look.js';
import type { Address } from './places.js';
import { viewOf } from './way.js';

/** Seconds for this look, which only tells what other modes would do, and what of it is waited for when all else is done. */
const most = 3;
const patience = 0.25;

/**
 * What the modes without TLS would meet on port 80, while the way that was asked for is looked at; nothing where that did not
 * answer in time. The page is asked for without its query, and not at all where the method changes something or headers of
 * the user would go in the clear: nobody asked for this.
 */
export async function lookWithoutTls(
  to: Address | undefined,
  edge: EdgeWay,
  target: OriginTarget,
  asked: OriginAsked,
  way: Way,
  { signal, turn }: MeasureContext,
  done: Promise<unknown>,
): Promise<WaySeen | undefined> {
  const isUsual = edge.scheme === 'https' && target.port === 443 && to?.port === 443;
  const isHarmless = (asked.method === 'GET' || asked.method === 'HEAD') && asked.headerFile === undefined;
  if (!isUsual || !isHarmless) return undefined;
  return turn(async () => {
    const deadline = createDeadline(most, signal);
    let timer: NodeJS.Timeout | undefined;
    void done.then(() => {
      timer = setTimeout(() => deadline.interrupt('nobody waits for it any more'), patience * 1000);
    });
    const [path = '/'] = target.path.split('?');
    const { security: _, ...plain } = way;
    const looked = await look(
      { ...to, port: 80 },
      {
        ...plain,
        scheme: 'http',
        request: { ...way.request, path },
        view: viewOf('http', { ...target, path }, 'flexible'),
      },
      deadline.signal,
    );
    clearTimeout(timer);
    const isCut = stopOf(deadline.signal) !== undefined;
    deadline.close();
    if (isCut) return undefined;
    const status = looked.answered?.response?.status;
    return { stages: looked.stages, ...(status !== undefined && { status }) };
  });
}
