/* Knows how text and query are folded, so that they can be compared: width, case, traditional forms, dashes, white space,
   公里 and 千米. Leaves numbers to amounts. */

/* Quotation marks, dots within names, white space, and characters that nobody sees: soft hyphens, marks of direction and width. */
const DROPPED = /["'“”‘’「」『』《》〈〉·•・‧\s\p{Cf}\u034f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const DASH = /[‐-―－~～]/u;
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))|(?<=[０-９])[，,](?=[０-９]{3}(?![０-９]))/g;
const forms = new Map();
const table = new Uint16Array(0x10000);
const UNKNOWN = 0, GONE = 1, LONG = 2;

function plain(character) {
  let folded = "";
  for (const c of character.normalize("NFKC").toLowerCase()) {
    if (!DROPPED.test(c)) folded += DASH.test(c) ? "-" : forms.get(c) || c;
  }
  return folded;
}
/* What a UTF-16 code folds to: a code, GONE (nothing), or LONG (several characters). */
function foldedCode(code) {
  if (table[code] === UNKNOWN) {
    const folded = plain(String.fromCharCode(code));
    table[code] = !folded || folded.charCodeAt(0) <= LONG ? GONE : folded.length > 1 ? LONG : folded.charCodeAt(0);
  }
  return table[code];
}
function folding(text, each) {
  const told = text.includes(",") || text.includes("，") ? text.replace(THOUSANDS, "\u2063") : text;
  for (let i = 0; i < told.length; i++) {
    const code = told.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00 && i + 1 < told.length) {
      const folded = plain(told.slice(i, i + 2));
      for (let k = 0; k < folded.length; k++) each(folded.charCodeAt(k), i);
      i++;
      continue;
    }
    const made = foldedCode(code);
    if (made === LONG) {
      const folded = plain(told[i]);
      for (let k = 0; k < folded.length; k++) each(folded.charCodeAt(k), i);
    } else if (made !== GONE) each(made, i);
  }
}
function fromCodes(codes) {
  let text = "";
  for (let at = 0; at < codes.length; at += 8192) text += String.fromCharCode.apply(null, codes.slice(at, at + 8192));
  return text;
}
function sameUnits(folded) {
  return folded.includes("公") ? folded.replace(/公里/g, "千米").replace(/公斤/g, "千克") : folded;
}
function fold(text) {
  const codes = [];
  folding(text, (code) => codes.push(code));
  return sameUnits(fromCodes(codes));
}
/* The position of each folded character in the text. */
function places(text) {
  const from = [];
  folding(text, (_, at) => from.push(at));
  from.push(text.length);
  return from;
}
function placesOf(row) {
  return row.from || (row.from = places(row.text));
}
