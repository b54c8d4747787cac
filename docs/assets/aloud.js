/* Reads a page aloud with the browser's own Chinese voice of this machine, one utterance a sentence, and lights the
   sentence. Without such a voice the button says so; nothing is ever sent to a server. */
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  let line = [], at = 0, button = null, going = false, waiting = false;

  /* A voice of a server would send the text away. */
  function chosen() {
    const voices = speech ? speech.getVoices() : [];
    return voices.find((voice) => /^(zh|cmn)\b/i.test(voice.lang) && voice.localService);
  }

  function light(sentence) {
    document.querySelectorAll(".spoken").forEach((one) => { one.classList.remove("spoken"); });
    if (!sentence) return;
    sentence.classList.add("spoken");
    const box = sentence.getBoundingClientRect();
    if (box.top < 0 || box.bottom > window.innerHeight) sentence.scrollIntoView({ block: "center" });
  }

  function show(words, pressed) {
    button.textContent = words;
    button.setAttribute("aria-pressed", String(pressed));
  }

  function stop() {
    going = false;
    speech.cancel();
    light(null);
    show("朗读", false);
  }

  function next(voice) {
    if (!going) return;
    if (at >= line.length) { at = 0; stop(); return; }
    const sentence = line[at];
    const words = new SpeechSynthesisUtterance(sentence.textContent);
    words.voice = voice;
    words.lang = voice.lang;
    words.onend = () => { at += 1; next(voice); };
    words.onerror = () => { if (going) stop(); };
    light(sentence);
    speech.speak(words);
  }

  /* Some browsers give their voices only after a while. */
  function withVoice(done) {
    const voice = chosen();
    if (voice || !speech) { done(voice); return; }
    const late = setTimeout(finish, 1500);
    function finish() {
      clearTimeout(late);
      speech.onvoiceschanged = null;
      done(chosen());
    }
    speech.onvoiceschanged = finish;
    speech.getVoices();
  }

  globalThis.workreportAloud = (pressed, text) => {
    button = pressed;
    if (going) { stop(); return; }
    if (waiting) return;
    waiting = true;
    line = Array.from(text.querySelectorAll(".s")).filter((one) => one.offsetParent);
    at = Math.max(line.findIndex((one) => one.getBoundingClientRect().bottom > 0), 0);
    withVoice((voice) => {
      waiting = false;
      if (!voice) {
        button.textContent = "本机没有中文语音，不能朗读";
        button.disabled = true;
        return;
      }
      going = true;
      show("停止朗读", true);
      next(voice);
    });
  };
  window.addEventListener("pagehide", () => { if (going) stop(); });
})();
