import fc from 'fast-check';
import type { Invented } from './invented.js';

/** What has ever made an element, an attribute, a script or a request of a text. */
export const attacks: readonly string[] = [
  '<x-evil>',
  '</p></article></main></body></html><x-evil>',
  '"><x-evil a="',
  "'><x-evil a='",
  '`><x-evil>',
  '" onfocus="alert(1)" autofocus tabindex="0" a="',
  "' onmouseover='alert(1)",
  '<script>alert(1)</script>',
  '</style><script>alert(1)</script><style>',
  '</title><script>alert(1)</script>',
  '</textarea></pre></code></svg></math><script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><img src onerror=alert(1)>',
  '<img src=http://192.0.2.1/evil.png onerror=alert(1)>',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
  '<link rel=stylesheet href=http://192.0.2.1/evil.css>',
  '<meta http-equiv=refresh content="0;url=http://192.0.2.1/">',
  '<base href=http://192.0.2.1/>',
  '<form action=http://192.0.2.1/><input type=submit>',
  '<a href="javascript:alert(1)">',
  '<!-- --!><x-evil>',
  '<![CDATA[<x-evil>]]>',
  '<?xml version="1.0"?>',
  '&lt;x-evil&gt; &#60;x-evil&#62; &ltx-evil>',
  '&amp;&quot;&#0;&NotEqualTilde;',
  "'+alert(1)+' {{7*7}} ${",
  '\u0000<x-evil\u0000>',
  '<\u0000x-evil>',
  '\ufeff<x-evil>',
  '+ADw-x-evil+AD4-',
  '\u001b$B<x-evil>\u001b(B',
  '＜x-evil＞ ‹x-evil› \u02c2x-evil\u02c3',
];

/** The same length without what HTML gives a meaning to: a page of it has the same elements, if text is only text. */
export function neutral(text: string): string {
  return text.replaceAll(/[<>"'&`=!?$%#;]/g, 'x');
}

/** Everything that may come from outside, changed: what our own code chooses (statuses, rule kinds, times) stays. */
export function mapped<Value>(value: Value, change: (text: string) => string): Value {
  return changed(value, change) as Value;
}

const own = new Set([
  'kind',
  'status',
  'statuses',
  'verdict',
  'align',
  'schema',
  'at',
  'unit',
  'alarm',
  'command',
  'version',
  'evidence',
  'relation',
]);

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, own.has(key) ? item : changed(item, change)]),
  );
}

/** A run in whose texts there are attacks. */
export function inMarkup(run: fc.Arbitrary<Invented>): fc.Arbitrary<Invented> {
  return fc
    .tuple(run, fc.array(fc.constantFrom(...attacks), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([invented, chosen, before]) =>
      mapped(invented, (text) => (before ? `${chosen.join('')}${text}` : `${text}${chosen.join('')}`)),
    );
}
