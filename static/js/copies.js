/* Copies of typed forms in this browser: sealed with the key that came with the page, which only its memory holds. */
window.p2emasCopies = (line) => {
  "use strict";

  const ALONE = ". Peramban ini tidak dapat menyimpan salinan; jangan tutup halaman ini";
  const NONE = {words: ". Jangan tutup halaman ini", able: false, put() {}, drop() {}, forget() {}, found: async () => []};
  const place = line.dataset.copy, raw = line.dataset.copyKey;
  delete line.dataset.copyKey;
  if (!raw) return NONE;
  if (!window.crypto || !crypto.subtle) return {...NONE, words: ALONE};
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
  const key = crypto.subtle.importKey("raw", bytes(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
  const start = `isian:${place}:`, dropped = new Set();
  let written = false; // whether what was typed last is in the browser
  const sealedFor = (name, iv) => ({name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name)});

  async function put(page, data) {
    const name = start + page, iv = crypto.getRandomValues(new Uint8Array(12));
    dropped.delete(name);
    const plain = new TextEncoder().encode(JSON.stringify([...data]));
    written = false;
    try {
      const sealed = await crypto.subtle.encrypt(sealedFor(name, iv), await key, plain);
      if (dropped.has(name)) return; // the server answered meanwhile
      localStorage.setItem(name, JSON.stringify({at: Date.now(), iv: text(iv), sealed: text(sealed)}));
      written = true;
    } catch {
      // full or switched off: the page still holds the text, and its line says that only the page does
    }
  }

  function forget(name) {
    dropped.add(name);
    try {
      localStorage.removeItem(name);
    } catch {
      // switched off
    }
  }

  // [name, fields] of the copies that other pages of this form have left.
  async function found(page) {
    const all = [];
    try {
      for (const name of Object.keys(localStorage)) {
        if (!name.startsWith(start) || name === start + page) continue;
        const {iv, sealed} = JSON.parse(localStorage.getItem(name));
        const plain = await crypto.subtle.decrypt(sealedFor(name, bytes(iv)), await key, bytes(sealed));
        all.push([name, JSON.parse(new TextDecoder().decode(plain))]);
      }
    } catch {
      // switched off, or a copy that no key opens any more
    }
    return all;
  }

  return {
    get words() {
      return written ? "; salinannya ada di peramban ini" : ALONE;
    },
    able: true, put, forget, found, drop: (page) => forget(start + page),
  };
};
