// The page that compares files with the list of the offline zip. Knows the page; leaves bytes to digest.js. What it shows
// of a file is only ever text.
(() => {
  "use strict";

  const { sha256, digestOf, readSums, entriesOf, canUnpack, digestIn } = globalThis.workreportDigest;
  const list = globalThis.workreportList;
  const MANIFEST = "manifest-sha256.txt";
  const LIST = "verify/list.js";
  // Browsers save it with .txt behind it where a server calls it text, and with (1) where one is there.
  const SUMS = /^SHA256SUMS(?: ?\(\d+\))?(?:\.txt)?$/;
  const SIGNATURE = /^SHA256SUMS(?: ?\(\d+\))?\.minisig$/;
  const LITTER = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|\._[^/]*)$/;
  const byId = (id) => document.getElementById(id);
  const plain = (name) => name.normalize("NFC"); // macOS may hand a name over in another form

  /** What a set of files is against the list: `get(name)` gives the digest of one of them or throws. */
  async function compare(names, sizes, get, readManifest, told) {
    const changed = [];
    const missing = [];
    const there = new Set(names);
    const lines = [];
    let done = 0;
    for (const [name, size, sum] of list.files) {
      let value = sum;
      if (!there.has(name)) {
        missing.push(name);
      } else if (name === LIST) {
        value = await get(name).catch(() => "");
      } else if (sizes.get(name) !== size || (await get(name).catch(() => "")) !== sum) {
        changed.push(name);
      }
      lines.push(`${value}  ${name}\n`);
      done += 1;
      told(done, list.files.length);
    }
    if (!there.has(MANIFEST)) {
      missing.push(MANIFEST);
    } else {
      const text = await readManifest().catch(() => "");
      const expected = lines.join("");
      // The list's own digest stands in the manifest alone: where only that line differs, it is the list that differs.
      const without = (value) => value.split("\n").filter((line) => !line.endsWith(`  ${LIST}`)).join("\n");
      if (without(text) !== without(expected)) changed.push(MANIFEST);
      else if (text !== expected && there.has(LIST)) changed.push(LIST);
    }
    const known = new Set([MANIFEST, ...list.files.map(([name]) => name)]);
    const others = names.filter((name) => !known.has(name)).sort();
    return {
      changed: changed.sort(), missing: missing.sort(),
      added: others.filter((name) => !LITTER.test(name)), litter: others.filter((name) => LITTER.test(name)),
    };
  }

  /** The folder inside what was chosen that holds most of the list; null where nothing of it is there. */
  function rootOf(paths) {
    const listed = new Set(list.files.map(([name]) => name));
    const found = new Map();
    for (const path of paths) {
      const parts = path.split("/");
      for (let depth = 0; depth < Math.min(parts.length, 3); depth++) {
        if (listed.has(parts.slice(depth).join("/"))) {
          const root = parts.slice(0, depth).join("/");
          found.set(root, (found.get(root) || 0) + 1);
        }
      }
    }
    let best = null;
    for (const [root, count] of found) if (best === null || count > found.get(best)) best = root;
    return best;
  }

  function element(tag, text, kind) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function names(into, title, files) {
    if (!files.length) return;
    const rows = document.createElement("ul");
    for (const name of files) {
      const row = document.createElement("li");
      row.append(element("span", name, "file"));
      rows.append(row);
    }
    into.append(element("h3", `${title}（${files.length}）`), rows);
  }

  function found(into, result) {
    names(into, "改动", result.changed);
    names(into, "缺少", result.missing);
    names(into, "多出", result.added);
    if (result.litter.length) into.append(element("p", `另有系统自己留下的文件，不影响：${result.litter.join("、")}。`, "why"));
  }

  const faults = (result) => result.changed.length + result.missing.length + result.added.length;

  /** Show what was found: a line that says it, the rest below, and the reader's place moved there. */
  function show(verdict, sound, fill) {
    byId("progress").textContent = "";
    byId("verdict").textContent = verdict;
    byId("findings").replaceChildren();
    fill(byId("findings"));
    const result = byId("result");
    result.classList.toggle("sound", sound);
    result.hidden = false;
    result.dataset.sound = String(sound);
    result.focus();
  }

  /** A tenth at a time, so that a screen reader is not told of every file. */
  function progress(done, all) {
    const tenths = Math.floor((done * 10) / Math.max(all, 1));
    const words = `正在核对，已过 ${tenths * 10}%`;
    if (byId("progress").textContent !== words) byId("progress").textContent = words;
  }

  async function checkFolder(files) {
    const paths = files.map((file) => plain(file.webkitRelativePath || file.name));
    const root = rootOf(paths);
    if (root === null) {
      show("这里没有离线版的文件", false, (into) => into.append(element("p", `请选 ${list.folder} 这个文件夹，里面有 index.html 和 ${MANIFEST}。`)));
      return;
    }
    const within = new Map();
    files.forEach((file, index) => {
      const path = paths[index];
      if (!root || path.startsWith(`${root}/`)) within.set(root ? path.slice(root.length + 1) : path, file);
    });
    const sizes = new Map(Array.from(within, ([name, file]) => [name, file.size]));
    const result = await compare(
      Array.from(within.keys()), sizes, (name) => digestOf(within.get(name)), () => within.get(MANIFEST).text(), progress,
    );
    const wrong = faults(result);
    const total = list.files.length + 1;
    show(wrong ? `有 ${wrong} 个文件不符` : `未见改动：${total} 个文件都在，逐一相符`, !wrong, (into) => {
      found(into, result);
      if (wrong) into.append(element("p", "请重新取得离线版，或重新解压一次再核对。"));
    });
  }

  /** The lines to say of one chosen file: of the offline zip also what it holds. */
  async function checkFile(file, sums, into) {
    let wrong = 0;
    const section = document.createElement("div");
    section.append(element("h3", file.name));
    const say = (words, bad) => {
      if (bad) wrong += 1;
      section.append(element("p", words));
    };
    const sum = await digestOf(file, (read) => progress(read, file.size));
    let proven = false;
    if (sums) {
      const told = sums.get(file.name);
      const other = Array.from(sums).find(([, value]) => value === sum);
      proven = told === sum;
      if (proven) say("与 SHA256SUMS 所记相符，未改。", false);
      else if (told) say("与 SHA256SUMS 所记不符，已被改动或损坏。", true);
      else if (other) say(`内容与 SHA256SUMS 里的 ${other[0]} 相同，只是改了名。`, false);
      else say("不在 SHA256SUMS 之列。", true);
      proven = proven || Boolean(other && !told);
    }
    const digest = element("p", "SHA-256：");
    digest.append(element("code", sum));
    section.append(digest);
    if (/\.zip$/i.test(file.name) && !/-bag\.zip$/i.test(file.name)) {
      const inside = await checkZip(file, section, say); // it counts up itself meanwhile
      wrong += inside;
    }
    into.append(section);
    return { wrong, proven };
  }

  async function checkZip(file, section, say) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let entries;
    try {
      entries = entriesOf(bytes);
    } catch (error) {
      say(error.message, true);
      return 0;
    }
    if (!canUnpack()) {
      say("这个浏览器较旧，不能打开压缩包看里面的文件。请解压后改选文件夹。", false);
      return 0;
    }
    const root = rootOf(entries.map((entry) => plain(entry.name)));
    if (root === null) {
      say(`不是 ${list.folder} 的压缩包。`, true);
      return 0;
    }
    const within = new Map();
    const outside = [];
    for (const entry of entries) {
      const name = plain(entry.name);
      const inside = root ? name.startsWith(`${root}/`) : true;
      const short = root && inside ? name.slice(root.length + 1) : name;
      if (!inside || within.has(short) || /^\/|\\|(?:^|\/)\.\.(?:\/|$)/.test(short)) outside.push(entry.name);
      else within.set(short, entry);
    }
    const sizes = new Map(Array.from(within, ([name, entry]) => [name, entry.size]));
    const unpack = async () => {
      const entry = within.get(MANIFEST);
      if (entry.size > (4 << 20)) throw new Error(MANIFEST);
      const packed = bytes.subarray(entry.start, entry.start + entry.packed);
      if (entry.method === 0) return new TextDecoder().decode(packed);
      return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
    };
    const result = await compare(Array.from(within.keys()), sizes, (name) => digestIn(bytes, within.get(name)), unpack, progress);
    result.added = result.added.concat(outside, result.litter).sort();
    result.litter = [];
    found(section, result);
    if (!faults(result)) say(`包里 ${list.files.length + 1} 个文件与清单逐一相符。`, false);
    return faults(result);
  }

  async function checkFiles(files) {
    const listed = files.find((file) => SUMS.test(file.name));
    const others = files.filter((file) => file !== listed && !SIGNATURE.test(file.name));
    const pasted = byId("sums").value.replace(/\r\n/g, "\n");
    let sums = null;
    let broken = "";
    try {
      if (listed) sums = readSums(await listed.text());
      else if (pasted.trim()) sums = readSums(pasted.endsWith("\n") ? pasted : `${pasted}\n`);
    } catch (error) {
      broken = error.message;
    }
    if (!others.length) {
      show(broken || "请连同要核对的文件一起选", false, () => {});
      return;
    }
    const into = document.createDocumentFragment();
    let wrong = broken ? 1 : 0;
    let proven = 0;
    if (broken) into.append(element("p", broken));
    for (const file of others) {
      const result = await checkFile(file, sums, into);
      wrong += result.wrong;
      proven += result.proven ? 1 : 0;
    }
    const all = proven === others.length;
    const verdict = wrong ? `有 ${wrong} 处不符` : all ? "未改：与 SHA256SUMS 所记相符" : "未见损坏，尚不能证明未改";
    show(verdict, !wrong && all, (where) => {
      where.append(into);
      if (wrong) where.append(element("p", "请从发布网站重新取得文件和 SHA256SUMS。"));
      else if (!all) where.append(element("p", "请连同 SHA256SUMS 一起选，或与发布网站上公布的 SHA-256 比较。"));
    });
  }

  function chosen(input, work) {
    input.addEventListener("change", async () => {
      const files = Array.from(input.files);
      if (!files.length) return;
      byId("result").hidden = true;
      input.disabled = true;
      try {
        await work(files);
      } catch (error) {
        show("没有核对完", false, (into) => into.append(element("p", `浏览器读不了其中的文件（${error.message}）。请重选一次。`)));
      }
      input.disabled = false;
      input.value = "";
    });
  }

  if (!list || !Array.isArray(list.files) || sha256(new Uint8Array(0)).slice(0, 8) !== "e3b0c442") {
    byId("no-list").hidden = false;
    return;
  }
  byId("title").textContent = `${list.title}，${list.files.length + 1} 个文件。`;
  byId("folder-name").textContent = list.folder;
  byId("choices").hidden = false;
  // By script, since the language of pages does not know the attribute; what cannot choose a folder is told so.
  const can = "webkitdirectory" in byId("folder");
  byId("folder").webkitdirectory = true;
  byId("by-folder").hidden = !can;
  byId("no-folder").hidden = can;
  chosen(byId("folder"), checkFolder);
  chosen(byId("files"), checkFiles);
})();
