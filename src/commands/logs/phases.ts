import type { ListenerPhase } from '../../knowledge/listener-log-lines.js';

/** What a request does whose last line is of that phase. */
export const phaseWords: Readonly<Record<ListenerPhase, string>> = {
  accepted: 'accepted from the edge',
  connecting: 'connecting to the origin',
  connected: 'connected to the origin',
  sent: 'sent to the origin',
  waiting: 'waiting for the origin’s answer',
  answering: 'the origin answering',
  received: 'answer received',
  replying: 'replying to the edge',
  completed: 'completed',
};
