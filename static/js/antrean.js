/* The queue of visits on a phone. What is written stays in IndexedDB until the server has given its receipt; database and
   lock carry the number of the user, and no sign-in is kept: sending needs a live session. */
(() => {
  "use strict";

  const KEPT = 90 * 864e5; // what is left of a visit that was sent
  const WAITS = ["ready", "waiting"];
  let db, user;

  const note = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`lapangan:${name}`);
      localStorage.setItem(`lapangan:${name}`, value);
    } catch {
      // switched off
    }
    return null;
  };

  async function open(who) {
    user = who;
    db = await idb.openDB(`lapangan-${who}`, 1, {
      upgrade(made) {
        made.createObjectStore("items", {keyPath: "token"});
        made.createObjectStore("photos", {keyPath: ["token", "number"]});
        made.createObjectStore("meta");
      },
    });
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => false);
    for (const each of await db.getAll("items")) {
      if (each.state === "sent" && each.at < Date.now() - KEPT) await db.delete("items", each.token);
    }
    await count();
  }

  const items = async () => (await db.getAll("items")).sort((a, b) => b.at - a.at);
  const allOf = (token) => IDBKeyRange.bound([token, 0], [token, 9]);
  const photosOf = (token) => db.getAll("photos", allOf(token));
  const data = () => db.get("meta", "data");

  async function count() {
    const waiting = (await items()).filter((each) => WAITS.includes(each.state)).length;
    note(`n:${user}`, waiting);
    return waiting;
  }

  // Of others who used this phone only how many visits wait.
  function others() {
    let sum = 0;
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith("lapangan:n:") && name !== `lapangan:n:${user}`) sum += Number(localStorage.getItem(name)) || 0;
      }
    } catch {
      // switched off
    }
    return sum;
  }

  // On the disk before anybody is told so.
  async function keep(item) {
    const done = db.transaction("items", "readwrite", {durability: "strict"});
    await Promise.all([done.store.put({...item, at: Date.now()}), done.done]);
    await count();
  }

  function full(on) {
    const banner = document.getElementById("penuh");
    banner.hidden = !on;
    if (on) banner.scrollIntoView();
  }

  // Whether it is on the phone now; where that is full its form keeps it.
  async function kept(item) {
    const room = await keep(item).then(() => true, () => false);
    full(!room);
    return room;
  }

  async function drop(token) {
    const done = db.transaction(["items", "photos"], "readwrite");
    done.objectStore("items").delete(token);
    done.objectStore("photos").delete(allOf(token));
    await done.done;
    await count();
  }

  async function addPhoto(token, blob, look) {
    const there = (await photosOf(token)).map((each) => each.number);
    const number = [1, 2, 3, 4, 5].find((each) => !there.includes(each));
    if (!number) return "";
    const bytes = await blob.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const sha256 = [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
    return db.put("photos", {token, number, sha256, size: bytes.byteLength, bytes, look});
  }

  // The day of the server, told on by the phone: a clock that is wrong counts for nothing.
  async function today() {
    const known = await data();
    if (!known || !known.got) return new Date().toLocaleDateString("sv");
    const since = Math.max(0, Date.now() - known.got);
    return new Date(Date.parse(`${known.at.slice(0, 19)}Z`) + since).toISOString().slice(0, 10);
  }

  // --- Sending: the answer is "offline", "login", "closed", "other" or "" ---------------------------------

  async function refresh() {
    let answer;
    try {
      answer = await fetch("/lapangan/data/", {redirect: "manual", cache: "no-store"});
    } catch {
      return "offline";
    }
    if (answer.status === 403) return "closed";
    if (answer.type === "opaqueredirect" || answer.status === 401) return "login";
    if (!answer.ok) return "offline";
    const found = await answer.json();
    if (String(found.user) !== String(user)) return "other";
    found.got = Date.now();
    await db.put("meta", found, "data");
    return found;
  }

  async function post(url, body, csrf) {
    let answer;
    try {
      answer = await fetch(url, {method: "POST", body, headers: {"X-CSRFToken": csrf}, redirect: "manual"});
    } catch {
      return {stop: "offline"};
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return {stop: "login"};
    if (answer.status === 422) return {refused: (await answer.json()).error};
    return answer.ok ? {said: await answer.json()} : {stop: "offline"};
  }

  function bodyOf(item, photos) {
    const body = new FormData();
    for (const [name, value] of item.fields) body.append(name, value);
    body.set("token", item.token);
    body.set("photos", JSON.stringify(photos.map(({number, sha256, size}) => ({number, sha256, size}))));
    return body;
  }

  // An item leaves the phone only after the server's receipt.
  async function take(item, said) {
    item.state = "waiting";
    item.words = said.words;
    if (!said.receipt) return keep(item);
    const {number, village, date, words, receipt, url} = said;
    const done = db.transaction(["items", "photos"], "readwrite");
    done.objectStore("items").put({token: item.token, state: "sent", at: Date.now(), number, village, date, words, receipt, url});
    done.objectStore("photos").delete(allOf(item.token));
    await done.done;
    return count();
  }

  async function sendOne(item, csrf) {
    const photos = await photosOf(item.token);
    let got = await post("/lapangan/kirim/", bodyOf(item, photos), csrf);
    if (got.said) await take(item, got.said);
    for (const number of got.said ? got.said.missing : []) {
      const photo = photos.find((each) => each.number === number);
      if (!photo) break;
      const body = new FormData();
      body.append("foto", new Blob([photo.bytes], {type: "image/jpeg"}), `foto-${number}.jpg`);
      got = await post(`/lapangan/kirim/${item.token}/foto/${number}/`, body, csrf);
      if (!got.said) break;
      await take(item, got.said);
    }
    if (got.refused) await keep({...item, state: item.state === "waiting" ? "waiting" : "draft", refused: got.refused});
    return got.stop || "";
  }

  async function run(tell) {
    const known = await refresh();
    if (typeof known === "string") return known;
    const waiting = (await items()).filter((each) => WAITS.includes(each.state)).reverse();
    for (const item of waiting) {
      const stop = await sendOne(item, known.csrf);
      await tell();
      if (stop) return stop;
    }
    return "";
  }

  // Of several tabs one sends.
  function send(tell) {
    if (!navigator.locks) return run(tell);
    return navigator.locks.request(`kirim-${user}`, {ifAvailable: true}, (lock) => (lock ? run(tell) : ""));
  }

  window.Antrean = {addPhoto, count, data, drop, full, items, keep, kept, note, open, others, photosOf, send, today,
    dropPhoto: (token, number) => db.delete("photos", [token, number])};
})();
