// Runs the same queries over the same sentences with our search script, MiniSearch and FlexSearch; the libraries use the
// tokenizer for Chinese that gives their best results. Reads {sentences, queries, index, scripts} as JSON from stdin and
// prints one row of results per engine as JSON.
import { readFileSync } from "node:fs";
import FlexSearch from "flexsearch";
import MiniSearch from "minisearch";

const { sentences, queries, index, scripts } = JSON.parse(readFileSync(0, "utf-8"));

// Tokens of a sentence: Latin words, numbers, and every Chinese character and pair of neighbouring characters.
const HAN = /[\u3400-\u9fff]/;
function pairs(text) {
  const tokens = [];
  for (const run of text.normalize("NFKC").toLowerCase().match(/[\u3400-\u9fff]+|[a-z]+|\d+(?:\.\d+)?%?/g) || []) {
    if (!HAN.test(run)) { tokens.push(run); continue; }
    for (let i = 0; i < run.length; i++) { tokens.push(run[i]); if (i + 1 < run.length) tokens.push(run.slice(i, i + 2)); }
  }
  return tokens;
}
// Tokens of a query: as above, but a single Chinese character only where it has no Chinese neighbour, as pairs are more exact.
function asked(text) {
  const tokens = [];
  for (const run of text.normalize("NFKC").toLowerCase().match(/[\u3400-\u9fff]+|[a-z]+|\d+(?:\.\d+)?%?/g) || []) {
    if (!HAN.test(run) || run.length === 1) { tokens.push(run); continue; }
    for (let i = 0; i + 1 < run.length; i++) tokens.push(run.slice(i, i + 2));
  }
  return tokens;
}

function miniSearch() {
  const engine = new MiniSearch({ fields: ["text"], tokenize: pairs, processTerm: (term) => term, searchOptions: { tokenize: asked, combineWith: "AND" } });
  engine.addAll(sentences.map(([id, text]) => ({ id, text })));
  return { ask: (words) => engine.search(words).map((r) => r.id), index: JSON.stringify(engine) + sentences.map(([, text]) => text).join("") };
}
function flexSearch() {
  const engine = new FlexSearch.Index({ encode: pairs, tokenize: "strict" });
  sentences.forEach(([, text], n) => engine.add(n, text));
  const parts = [];
  engine.export((key, data) => { parts.push(key, data || ""); });
  return {
    ask: (words) => {
      const tokens = asked(words);
      let left = null;
      for (const token of tokens) {
        const found = new Set(engine.search(token, { limit: 10000 }));
        left = left === null ? found : new Set([...left].filter((n) => found.has(n)));
      }
      return [...(left || [])].map((n) => sentences[n][0]);
    },
    index: parts.join("") + sentences.map(([, text]) => text).join(""),
  };
}
function ours() {
  const run = (0, eval);
  run(index);
  scripts.forEach((script) => run(script));
  const engine = globalThis.workreportSearch;
  engine.start(globalThis.workreportIndex);
  globalThis.workreportIndex.data.forEach((part) => engine.add(part));
  return { ask: (words) => engine.search(words).hits.map((hit) => hit.row.id), index: null };
}

const rows = [];
for (const [name, make] of [["MiniSearch 7 (characters and pairs)", miniSearch], ["FlexSearch 0.8 (characters and pairs)", flexSearch], ["ours", ours]]) {
  const { ask, index: serialized } = make();
  const row = { name, table: 0, own: 0, missed: 0, wrong: 0, p95: 0, index: serialized };
  const times = [];
  for (const { words, right, table } of queries) {
    let found = [];
    for (let n = 0; n < 5; n++) { const start = performance.now(); found = ask(words); times.push(performance.now() - start); }
    const missed = right.filter((id) => !found.includes(id)).length, wrong = found.filter((id) => !right.includes(id)).length;
    row.missed += missed;
    row.wrong += wrong;
    if (!missed && !wrong) row[table ? "table" : "own"]++;
  }
  row.p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
  rows.push(row);
}
process.stdout.write(JSON.stringify(rows));
