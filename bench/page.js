// Writes what runtime/src/weights/ says to docs/costs.md, so that nobody types figures. `bench/trades.js` does the same
// with what it measured, through `section`.
//
//   node bench/page.js

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/costs.md`;
const weights = `${root}runtime/src/weights/`;

/** Puts a text into the page's section of this name, in the place of what was there. */
export function section(name, text) {
  const [begin, end] = [`<!-- ${name}: written by scripts/benchmark -->\n`, `<!-- end of ${name} -->\n`];
  const before = readFileSync(page, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/costs.md has no section ${name}`);
  writeFileSync(page, `${before.slice(0, from)}${begin}\n${text.trim()}\n\n${before.slice(to)}`);
}

export const table = (head, rows) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Picoseconds as microseconds. */
export const micros = (picoseconds) => {
  const value = picoseconds / 1e6;
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0, useGrouping: true });
};

const number = (text) => Number(text.replaceAll('_', ''));

/** What the database costs, in picoseconds, and the sentence that says how it was measured. */
function database() {
  const source = readFileSync(`${weights}database.rs`, 'utf8');
  const [read, write] = ['read', 'write'].map((what) => {
    const nanoseconds = new RegExp(`^\\s*${what}: ([\\d_]+) \\* WEIGHT_REF_TIME_PER_NANOS,$`, 'm').exec(source);
    if (!nanoseconds) throw new Error(`database.rs does not say what a ${what} costs`);
    return number(nanoseconds[1]) * 1e3;
  });
  const how = [...source.matchAll(/^\/\/! ?(.*)$/gm)].map((match) => match[1]).slice(2).join(' ');
  return { read, write, how };
}

/** Every function of a generated file: what it costs at the least and at the most values of its components. */
function functions(file) {
  const source = readFileSync(weights + file, 'utf8');
  const names = [...source.matchAll(/^\tfn /gm)].length;
  const found = [...source.matchAll(/((?:^\t\/\/\/.*\n)*)^\tfn (\w+)\((.*?)\) -> Weight \{\n([^]*?)^\t\}$/gm)];
  if (found.length !== names) throw new Error(`${file}: ${names} functions, ${found.length} understood`);
  return found.map(([, comments, name, , body]) => {
    const components = [...comments.matchAll(/component `(\w+)` is `\[(\d+), (\d+)\]`/g)].map(
      ([, letter, least, most]) => ({ letter, values: [Number(least), Number(most)] }),
    );
    const ends = components.length === 0 ? [0] : [0, 1];
    const values = ends.map((end) => Object.fromEntries(components.map((component) => [component.letter, component.values[end]])));
    return { name, components, at: costs(`${file}: ${name}`, body, values) };
  });
}

const TERMS = [
  [/^Weight::from_parts\(([\d_]+), 0\)$/, 'time'],
  [/^\.saturating_add\(Weight::from_parts\(0, ([\d_]+)\)\)$/, 'proof'],
  [/^\.saturating_add\(Weight::from_parts\(([\d_]+), 0\)\.saturating_mul\((\w+)\.into\(\)\)\)$/, 'time'],
  [/^\.saturating_add\(Weight::from_parts\(0, ([\d_]+)\)\.saturating_mul\((\w+)\.into\(\)\)\)$/, 'proof'],
  [/^\.saturating_add\(T::DbWeight::get\(\)\.reads\(([\d_]+)(?:_u64)?\)\)$/, 'reads'],
  [/^\.saturating_add\(T::DbWeight::get\(\)\.writes\(([\d_]+)(?:_u64)?\)\)$/, 'writes'],
  [/^\.saturating_add\(T::DbWeight::get\(\)\.reads\(\(([\d_]+?)_u64\)\.saturating_mul\((\w+)\.into\(\)\)\)\)$/, 'reads'],
  [/^\.saturating_add\(T::DbWeight::get\(\)\.writes\(\(([\d_]+?)_u64\)\.saturating_mul\((\w+)\.into\(\)\)\)\)$/, 'writes'],
];

/** Adds the terms of a function's body up, for each set of values of its components. */
function costs(where, body, values) {
  const all = values.map((value) => ({ value, time: 0, proof: 0, reads: 0, writes: 0 }));
  for (const line of body.split('\n').map((text) => text.trim()).filter((text) => text && !text.startsWith('//'))) {
    const term = TERMS.map(([form, what]) => ({ match: form.exec(line), what })).find(({ match }) => match);
    if (!term) throw new Error(`${where}: not understood: ${line}`);
    const [, factor, letter] = term.match;
    for (const cost of all) cost[term.what] += number(factor) * (letter ? cost.value[letter] : 1);
  }
  return all;
}

const WORDS = {
  pallet_counterpart: { l: 'legs', b: 'bytes of the proof' },
  pallet_settlement: { l: 'legs', n: 'instructions of 16 legs' },
  pallet_participants: { a: 'accounts', l: 'bytes of the call', n: 'accounts it acts for' },
};

function pallet(file, { read, write }) {
  const name = file.replace(/\.rs$/, '');
  const both = (values, show = String) => [...new Set(values.map(show))].join(' to ');
  const rows = functions(file).map(({ name: call, components, at }) => [
    [`\`${call}\``, ...components.map(({ letter, values }) => `${values.join(' to ')} ${WORDS[name]?.[letter] ?? letter}`)].join(', '),
    both(at.map(({ time }) => time), micros),
    both(at.map(({ reads }) => reads)),
    both(at.map(({ writes }) => writes)),
    both(at.map(({ time, reads, writes }) => time + reads * read + writes * write), micros),
    both(at.map(({ proof }) => proof / 1024), (size) => size.toLocaleString('en', { maximumFractionDigits: 1 })),
  ]);
  const head = ['call', 'computation, µs', 'reads', 'writes', 'weight, µs', 'proof, KiB'];
  return `### ${name.replace('_', '-')}\n\n${table(head, rows)}`;
}

function main() {
  const files = readdirSync(weights).filter((file) => /^pallet_\w+\.rs$/.test(file)).sort();
  const db = database();
  section(
    'database',
    `A read costs ${micros(db.read)} µs and a write ${micros(db.write)} µs. Measured: ${db.how}`,
  );
  section('weights', files.map((file) => pallet(file, db)).join('\n\n'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
