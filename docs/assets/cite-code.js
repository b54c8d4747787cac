/* The QR code (ISO/IEC 18004) of the address of a page or a sentence: bytes, level M, up to version 10, which holds 213 bytes.
   Codes of all sentences made at build time would be larger than the report. A test compares it with segno. */
(() => {
  "use strict";
  /* By version: codewords for correction in a block; then number of blocks and their codewords of data, up to twice. */
  const BLOCKS = [null, [10, 1, 16], [16, 1, 28], [26, 1, 44], [18, 2, 32], [24, 2, 43], [16, 4, 27], [18, 4, 31],
    [22, 2, 38, 2, 39], [22, 3, 36, 2, 37], [26, 4, 43, 1, 44]];
  const ALIGNED = [null, [], [18], [22], [26], [30], [34], [22, 38], [24, 42], [26, 46], [28, 50]];
  const MASKS = [
    (r, c) => (r + c) % 2, (r) => r % 2, (r, c) => c % 3, (r, c) => (r + c) % 3,
    (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2, (r, c) => ((r * c) % 2) + ((r * c) % 3),
    (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2,
  ];

  /* The field of 256 elements that the correction counts in. */
  const power = [], log = [];
  for (let n = 0, x = 1; n < 255; n += 1) {
    power[n] = x;
    log[x] = n;
    x = x * 2 ^ (x > 127 ? 0x11d : 0);
  }
  const times = (a, b) => (a && b ? power[(log[a] + log[b]) % 255] : 0);
  function correction(data, length) {
    let divisor = [1];
    for (let n = 0; n < length; n += 1) {
      const next = [...divisor, 0];
      divisor.forEach((part, k) => { next[k + 1] ^= times(part, power[n]); });
      divisor = next;
    }
    const rest = [...data, ...Array(length).fill(0)];
    for (let k = 0; k < data.length; k += 1) {
      const factor = rest[k];
      divisor.forEach((part, n) => { rest[k + n] ^= times(part, factor); });
    }
    return rest.slice(data.length);
  }

  function capacity(version) {
    const [, a, b, c, d] = BLOCKS[version];
    return a * b + (c || 0) * (d || 0);
  }

  /* All codewords in the order in which they are placed. */
  function codewords(bytes, version) {
    const bits = [0, 1, 0, 0];
    const put = (value, width) => { for (let k = width - 1; k >= 0; k -= 1) bits.push(value >> k & 1); };
    put(bytes.length, version < 10 ? 8 : 16);
    bytes.forEach((byte) => { put(byte, 8); });
    const room = capacity(version) * 8;
    put(0, Math.min(4, room - bits.length));
    while (bits.length % 8) bits.push(0);
    const data = [];
    for (let k = 0; k < bits.length; k += 8) data.push(parseInt(bits.slice(k, k + 8).join(""), 2));
    for (let k = 0; data.length * 8 < room; k += 1) data.push(k % 2 ? 0x11 : 0xec);
    const [length, ...groups] = BLOCKS[version];
    const blocks = [];
    for (let g = 0, at = 0; g < groups.length; g += 2) {
      for (let n = 0; n < groups[g]; n += 1, at += groups[g + 1]) blocks.push(data.slice(at, at + groups[g + 1]));
    }
    const corrections = blocks.map((block) => correction(block, length));
    const woven = [];
    for (let k = 0; k < groups[groups.length - 1]; k += 1) blocks.forEach((block) => { if (k < block.length) woven.push(block[k]); });
    for (let k = 0; k < length; k += 1) corrections.forEach((block) => { woven.push(block[k]); });
    return woven;
  }

  /* The remainder of BCH codes: of the format and of the version. */
  function checked(value, width, divisor, degree) {
    let rest = value << degree;
    for (let k = width - 1; k >= 0; k -= 1) if (rest >> (k + degree) & 1) rest ^= divisor << k;
    return value << degree | rest;
  }

  function frame(version) {
    const size = 17 + 4 * version;
    const cells = Array.from({ length: size }, () => Array(size).fill(null));
    const square = (row, column, reach, dark) => {
      for (let r = -reach; r <= reach; r += 1) {
        for (let c = -reach; c <= reach; c += 1) {
          if (cells[row + r] && cells[row + r][column + c] !== undefined) cells[row + r][column + c] = dark(Math.max(Math.abs(r), Math.abs(c)));
        }
      }
    };
    const corners = [[3, 3], [3, size - 4], [size - 4, 3]];
    corners.forEach(([r, c]) => { square(r, c, 4, (d) => Number(d !== 2 && d !== 4)); });
    for (let k = 8; k < size - 8; k += 1) cells[6][k] = cells[k][6] = Number(k % 2 === 0);
    const places = [6, ...ALIGNED[version]];
    places.forEach((r) => {
      places.forEach((c) => {
        const last = places[places.length - 1];
        if (version > 1 && !(r === 6 && (c === 6 || c === last)) && !(c === 6 && r === last)) square(r, c, 2, (d) => Number(d !== 1));
      });
    });
    if (version > 6) {
      const told = checked(version, 6, 0x1f25, 12);
      for (let k = 0; k < 18; k += 1) {
        const bit = told >> k & 1;
        cells[Math.floor(k / 3)][size - 11 + k % 3] = cells[size - 11 + k % 3][Math.floor(k / 3)] = bit;
      }
    }
    return cells;
  }

  function setFormat(cells, mask) {
    const size = cells.length;
    const told = checked(mask, 5, 0x537, 10) ^ 0x5412; /* level M is 00 */
    for (let k = 0; k < 15; k += 1) {
      const bit = told >> k & 1;
      cells[k < 6 ? k : k < 8 ? k + 1 : size - 15 + k][8] = bit;
      cells[8][k < 8 ? size - 1 - k : k < 9 ? 7 : 14 - k] = bit;
    }
    cells[size - 8][8] = 1;
  }

  function fill(cells, words) {
    const size = cells.length;
    const places = [];
    for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
      if (right === 6) right -= 1;
      for (let n = 0; n < size; n += 1) {
        const row = up ? size - 1 - n : n;
        [right, right - 1].forEach((column) => { if (cells[row][column] === null) places.push([row, column]); });
      }
    }
    places.forEach(([r, c], k) => { cells[r][c] = (words[k >> 3] || 0) >> (7 - k % 8) & 1; });
    return places;
  }

  /* What readers find hard: long runs, squares, what looks like a corner, too much of one colour. */
  function penalty(cells) {
    const size = cells.length;
    let sum = 0, dark = 0;
    const across = cells.map((row) => row.join(""));
    const down = cells.map((_, c) => cells.map((row) => row[c]).join(""));
    [...across, ...down].forEach((line) => {
      (line.match(/0{5,}|1{5,}/g) || []).forEach((run) => { sum += run.length - 2; });
      for (let k = 0; k + 7 <= size; k += 1) {
        if (line.slice(k, k + 7) !== "1011101") continue;
        const before = line.slice(Math.max(0, k - 4), k), after = line.slice(k + 7, k + 11);
        if (!before.includes("1") || !after.includes("1")) sum += 40;
      }
    });
    cells.forEach((row, r) => {
      row.forEach((cell, c) => {
        dark += cell;
        if (r && c && cell === row[c - 1] && cell === cells[r - 1][c] && cell === cells[r - 1][c - 1]) sum += 3;
      });
    });
    return sum + 10 * Math.floor(Math.abs(dark * 100 / (size * size) - 50) / 5);
  }

  /* Rows of 0 and 1 for an address, without the quiet zone; null for one that is too long. */
  globalThis.workreportCode = (address) => {
    const bytes = [...new TextEncoder().encode(address)];
    const version = BLOCKS.findIndex((row, v) => row && bytes.length + (v < 10 ? 2 : 3) <= capacity(v));
    if (version < 0) return null;
    const plain = frame(version);
    setFormat(plain, 0);
    const places = fill(plain, codewords(bytes, version));
    const tried = MASKS.map((light, mask) => {
      const cells = plain.map((row) => row.slice());
      places.forEach(([r, c]) => { if (light(r, c) === 0) cells[r][c] ^= 1; });
      setFormat(cells, mask);
      return cells;
    });
    const costs = tried.map(penalty);
    return tried[costs.indexOf(Math.min(...costs))];
  };
})();
