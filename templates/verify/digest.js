// SHA-256 (FIPS 180-4), lists of digests, and zips, with nothing but the language: the browser's own digests are not to be
// had on file:// everywhere. Knows bytes; leaves the page to verify.js.
(() => {
  "use strict";

  const ROUND = new Uint32Array(64);
  const FIRST = new Uint32Array(8);
  // The fractions of the cube and square roots of the first primes, as the standard has them.
  for (let number = 2, count = 0; count < 64; number++) {
    let prime = true;
    for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) prime = false;
    if (!prime) continue;
    const bits = (root) => Number(BigInt.asUintN(32, root));
    ROUND[count] = bits(rooted(BigInt(number) << 96n, 3));
    if (count < 8) FIRST[count] = bits(rooted(BigInt(number) << 64n, 2));
    count++;
  }

  function rooted(value, power) {
    let low = 0n;
    let high = 1n << 40n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(power) <= value) low = middle;
      else high = middle;
    }
    return low;
  }

  /** A running SHA-256: `add(bytes)` as often as needed, then `hex()` once. */
  class Sha256 {
    constructor() {
      this.state = FIRST.slice();
      this.words = new Uint32Array(64);
      this.rest = new Uint8Array(64);
      this.held = 0;
      this.length = 0;
    }

    add(bytes) {
      this.length += bytes.length;
      let at = 0;
      if (this.held) {
        at = Math.min(64 - this.held, bytes.length);
        this.rest.set(bytes.subarray(0, at), this.held);
        this.held += at;
        if (this.held < 64) return this;
        this.block(this.rest, 0);
        this.held = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
      this.rest.set(bytes.subarray(at));
      this.held = bytes.length - at;
      return this;
    }

    hex() {
      const length = this.length;
      const end = new Uint8Array(this.held < 56 ? 64 - this.held : 128 - this.held);
      end[0] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - 8, Math.floor(length / 0x20000000));
      view.setUint32(end.length - 4, (length << 3) >>> 0);
      this.add(end);
      return Array.from(this.state, (word) => word.toString(16).padStart(8, "0")).join("");
    }

    block(bytes, from) {
      const { state, words } = this;
      for (let i = 0; i < 16; i++, from += 4) {
        words[i] = (bytes[from] << 24) | (bytes[from + 1] << 16) | (bytes[from + 2] << 8) | bytes[from + 3];
      }
      for (let i = 16; i < 64; i++) {
        const x = words[i - 15];
        const y = words[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        words[i] = words[i - 16] + s0 + words[i - 7] + s1;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      state[0] += a; state[1] += b; state[2] += c; state[3] += d;
      state[4] += e; state[5] += f; state[6] += g; state[7] += h;
    }
  }

  const sha256 = (bytes) => new Sha256().add(bytes).hex();

  const CHUNK = 4 << 20;

  /** The digest of a chosen file, read in pieces; `told` hears how many bytes were read. */
  async function digestOf(file, told) {
    const running = new Sha256();
    for (let at = 0; at < file.size; at += CHUNK) {
      running.add(new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer()));
      if (told) told(Math.min(at + CHUNK, file.size));
    }
    return running.hex();
  }

  /** `SHA256SUMS` by file name, read strictly; throws with the number of the first line that is wrong. */
  function readSums(text) {
    const sums = new Map();
    if (!text.endsWith("\n")) throw new Error("SHA256SUMS 不完整：最后一行没有换行。");
    text.slice(0, -1).split("\n").forEach((line, index) => {
      const found = /^([0-9a-f]{64}) {2}([^\s\\/][^\r\\]*)$/.exec(line);
      if (!found || sums.has(found[2])) throw new Error(`SHA256SUMS 第 ${index + 1} 行不合格式，已损坏或被改动。`);
      sums.set(found[2], found[1]);
    });
    return sums;
  }

  const SIGN = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };

  /** The files of a zip (`{name, method, start, packed, size}`); throws where it is cut off or its directory is broken. */
  function entriesOf(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const short = (at) => view.getUint16(at, true);
    const long = (at) => view.getUint32(at, true);
    const end = bytes.length - 22;
    if (end < 0 || long(end) !== SIGN.end) throw new Error("压缩包不完整：结尾缺失（可能没有传完），或后面加了别的内容。");
    const count = short(end + 10);
    let at = long(end + 16);
    if (at + long(end + 12) !== end) throw new Error("压缩包的目录与结尾对不上：中间缺了或多了内容。");
    const entries = [];
    const decoder = new TextDecoder("utf-8", { fatal: true });
    try {
      for (let index = 0; index < count; index++) {
        if (long(at) !== SIGN.central) throw new Error("directory");
        const named = short(at + 28);
        const local = long(at + 42);
        if (long(local) !== SIGN.local) throw new Error("local header");
        const start = local + 30 + short(local + 26) + short(local + 28);
        const name = decoder.decode(bytes.subarray(at + 46, at + 46 + named));
        const entry = { name, method: short(at + 10), start, packed: long(at + 20), size: long(at + 24) };
        if (start + entry.packed > end) throw new Error("size");
        entries.push(entry);
        at += 46 + named + short(at + 30) + short(at + 32);
      }
    } catch (error) {
      throw new Error("压缩包的目录已损坏。", { cause: error });
    }
    if (at !== end) throw new Error("压缩包的目录已损坏。");
    return entries;
  }

  /** Whether this browser can unpack: Chrome 103, Firefox 113, Safari 16.4. */
  function canUnpack() {
    try {
      return Boolean(new DecompressionStream("deflate-raw"));
    } catch {
      return false;
    }
  }

  /** The digest of one file of a zip; throws where it cannot be unpacked to its size, and unpacks no further than that. */
  async function digestIn(bytes, entry) {
    const packed = bytes.subarray(entry.start, entry.start + entry.packed);
    if (entry.method === 0) return sha256(packed);
    if (entry.method !== 8) throw new Error(entry.name);
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    const running = new Sha256();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      running.add(value);
      if (running.length > entry.size) {
        await reader.cancel();
        break;
      }
    }
    if (running.length !== entry.size) throw new Error(entry.name);
    return running.hex();
  }

  globalThis.workreportDigest = { Sha256, sha256, digestOf, readSums, entriesOf, canUnpack, digestIn };
})();
