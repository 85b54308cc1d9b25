/* The five screens of a visit on the phone, and what waits there; the words are in luring.html. */
(() => {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const form = $("laporan");
  const able = window.indexedDB && window.crypto && crypto.subtle && window.idb && window.Antrean;
  if (!form || !able) return;
  const STATES = {draft: ["yellow", "Draf, isian kurang"], full: ["", "Draf, lengkap"], ready: ["blue", "Siap dikirim"],
    waiting: ["blue", ""], sent: ["green", "Terkirim"], practice: ["", "Latihan, tidak dikirim"]};
  const STOPS = {login: "masuk", closed: "tutup", other: "lain"};
  const DAY = 864e5;
  let item, step = 1, known, timer, watch;

  const show = (id, on) => { $(id).hidden = !on; };
  const fieldsOf = () => [...new FormData(form)].filter(([name]) => name !== "files");
  const value = (name) => form.elements[name]?.value || "";
  const villageOf = (id) => known?.villages.find((each) => String(each.id) === id);
  const dayOf = (text) => (text ? new Date(`${text}T00:00`).toLocaleDateString("id-ID", {dateStyle: "long"}) : "");
  const node = (tag, css = "", text = "") => Object.assign(document.createElement(tag), {className: css, textContent: text});

  function lacking(photos) {
    const said = {1: value("village") && value("visited_on"), 2: value("women") && value("men") && value("text").trim() &&
      value("has_obstacle") && (value("has_obstacle") !== "ya" || value("obstacle_text").trim()),
      3: !photos.length || form.elements.consent.checked};
    return Number(Object.keys(said).find((each) => !said[each]) || 0);
  }

  // --- What waits ---------------------------------------------------------------------------------------------------

  function row(each) {
    const line = node("li");
    const open = ["draft", "full", "practice"].includes(each.state);
    const name = each.village || villageOf(each.place)?.name || "Kunjungan";
    const link = node("a", "", name);
    link.href = open ? `#${each.sale ? "jual" : "isi"}-${each.token}` : each.url || "#rumah";
    const [colour, words] = STATES[each.state];
    const state = node("div", "row-line flex-wrap");
    state.append(node("span", "meta", each.date || dayOf(each.day)), node("span", `state ${colour}`,
      [each.words || words, each.number || ""].join(" ").trim()));
    line.append(link, state);
    if (each.refused) line.append(node("p", "meta", `Server menjawab: ${each.refused}`));
    return line;
  }

  async function draw() {
    const all = await Antrean.items();
    $("daftar").replaceChildren(...all.slice(0, 20).map(row));
    show("kosong", !all.length);
    const of = (...states) => all.filter((each) => states.includes(each.state)).length;
    $("n-draf").textContent = of("draft", "full", "practice");
    $("n-siap").textContent = of("ready", "waiting");
    $("n-kirim").textContent = of("sent");
    show("kirim", of("ready", "waiting"));
    show("salin-semua", of("draft", "full", "ready", "waiting"));
    const others = Antrean.others();
    show("orang-lain", others);
    $("n-lain").textContent = others;
    const at = known && new Date(known.at);
    $("dijangkau").textContent = at ? at.toLocaleString("id-ID", {dateStyle: "long", timeStyle: "short"}) : "belum pernah";
    show("luring", !navigator.onLine);
    $("kabar").replaceChildren(...(known?.news || []).map(({title, detail}) => {
      const line = node("li");
      line.append(node("b", "", title), node("p", "meta", detail));
      return line;
    }));
  }

  async function send() {
    const stop = await Antrean.send(draw);
    const waits = await Antrean.count();
    for (const [name, id] of Object.entries(STOPS)) show(id, waits && name === stop);
    known = (await Antrean.data()) || known;
    show("jam", known && Math.abs(known.now - known.got) > DAY);
    await draw();
  }

  // --- The five screens ---------------------------------------------------------------------------------------------

  function lines() {
    const village = villageOf(value("village"));
    for (const [place, field] of [["kegiatan", "lines"], ["belum", "idle"]]) {
      const chosen = new Set(item?.fields.filter(([name]) => name === field).map((pair) => pair[1]));
      $(place).replaceChildren(...(village?.lines || []).map(({id, name}) => {
        const box = node("div", "form-check");
        const input = Object.assign(document.createElement("input"), {type: "checkbox", name: field, value: id,
          id: `${field}${id}`, className: "form-check-input", checked: chosen.has(String(id))});
        const label = node("label", "form-check-label", name);
        label.htmlFor = input.id;
        box.append(input, label);
        return box;
      }));
      show(`${place}-semua`, village?.lines.length);
    }
  }

  async function photos() {
    const there = await Antrean.photosOf(item.token);
    $("foto-ada").replaceChildren(...there.map(({number, size, look}) => {
      const figure = node("figure");
      const image = Object.assign(new Image(160, 120), {src: look, alt: `Foto ${number}`, className: "photo"});
      const button = Object.assign(node("button", "btn-link", `Hapus foto ${number}`), {type: "button"});
      button.onclick = async () => { await Antrean.dropPhoto(item.token, number); await photos(); };
      const words = node("figcaption", "", `${Math.ceil(size / 1024)} KB `);
      words.append(button);
      figure.append(image, words);
      return figure;
    }));
    $("foto-n").textContent = there.length;
    show("foto-lebih", false);
    return there;
  }

  async function go(to) {
    step = to;
    for (const each of form.querySelectorAll("[data-langkah]")) each.hidden = Number(each.dataset.langkah) !== step;
    $("langkah").textContent = step;
    form.querySelectorAll(".chart rect").forEach((each, n) => each.setAttribute("class", n < step ? "f1" : "fbg"));
    show("galat-isian", false);
    const there = await photos();
    if (step === 4) locate();
    if (step === 5) check(there);
    window.scrollTo(0, 0);
    form.querySelector("[data-langkah]:not([hidden]) h1").focus();
  }

  function check(there) {
    const said = {desa: `${villageOf(value("village"))?.name || ""}, ${dayOf(value("visited_on"))}`,
      hadir: `${Number(value("women")) + Number(value("men"))} orang, perempuan ${value("women")}`, tulisan: value("text"),
      kendala: value("has_obstacle") === "ya" ? value("obstacle_text") : "Tidak ada", foto: `${there.length} foto`,
      letak: value("lat") ? `±${value("accuracy")} meter` : "Desa saja"};
    for (const [name, words] of Object.entries(said)) $(`p-${name}`).textContent = words;
  }

  async function store(state) {
    clearTimeout(timer);
    if (!item) return true;
    const there = await Antrean.photosOf(item.token);
    const draft = item.practice ? "practice" : lacking(there) ? "draft" : "full";
    const next = {...item, fields: fieldsOf(), place: value("village"), day: value("visited_on"), state: state || draft, refused: ""};
    $("tersimpan").textContent = "";
    if (!(await Antrean.kept(next))) return false;
    item = next;
    const now = new Date().toLocaleTimeString("id-ID", {hour: "2-digit", minute: "2-digit"});
    $("tersimpan").textContent = `Tersimpan di HP ${now}`;
    return true;
  }

  async function begin(token, practice) {
    const there = token && (await Antrean.items()).find((each) => each.token === token);
    form.reset();
    for (const name of ["lat", "lng", "accuracy"]) form.elements[name].value = ""; // a reset leaves hidden ones as they are
    $("foto-file").value = "";
    item = there || {token: crypto.randomUUID(), fields: [], practice, state: "draft"};
    const day = await Antrean.today();
    $("desa").replaceChildren(...(known?.villages || []).map(({id, name}) => new Option(name, id)));
    form.elements.visited_on.value = day;
    for (const [name, said] of item.fields) {
      const field = form.elements[name];
      if (!field || name === "lines") continue;
      if (field.type === "checkbox") field.checked = true;
      else field.value = said;
    }
    lines();
    show("rumah", false);
    show("laporan", true);
    await go(1);
  }

  async function home() {
    if (watch) navigator.geolocation.clearWatch(watch);
    if (!(await store())) return;
    item = null;
    show("laporan", false);
    show("rumah", true);
    history.replaceState(null, "", location.pathname);
    known = (await Antrean.data()) || known;
    await draw();
  }

  // The best reading of twenty seconds; it never stops anybody.
  function locate() {
    const {lat, lng, accuracy} = form.elements;
    const tell = () => { $("teliti").textContent = lat.value ? `±${accuracy.value} meter` : "belum terbaca"; };
    tell();
    if (!navigator.geolocation || lat.value) return;
    navigator.geolocation.clearWatch(watch);
    let best = Infinity;
    const own = navigator.geolocation.watchPosition(({coords}) => {
      if (coords.accuracy >= best) return;
      best = coords.accuracy;
      lat.value = coords.latitude.toFixed(6);
      lng.value = coords.longitude.toFixed(6);
      accuracy.value = Math.round(best);
      tell();
    }, () => { if (!lat.value) $("teliti").textContent = "tidak terbaca"; }, {enableHighAccuracy: true});
    watch = own;
    setTimeout(() => navigator.geolocation.clearWatch(own), 20000);
  }

  // A photo of at most 1280 points and 200 KB; what the camera noted in it is left behind.
  async function small(file) {
    const image = await createImageBitmap(file, {imageOrientation: "from-image"});
    const drawn = (most) => {
      const scale = Math.min(1, most / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas;
    };
    const look = drawn(160).toDataURL("image/jpeg", 0.6);
    for (const [most, quality] of [[1280, 0.8], [1280, 0.6], [1024, 0.6], [800, 0.5], [640, 0.4]]) {
      const blob = await new Promise((done) => drawn(most).toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= 200 * 1024) return [blob, look];
    }
    throw new Error("too large");
  }

  $("foto-file").addEventListener("change", async ({target}) => {
    let room = true, left;
    for (const file of target.files) {
      try {
        left = !(await Antrean.addPhoto(item.token, ...(await small(file))));
      } catch (problem) {
        room = room && problem.name !== "QuotaExceededError";
        if (room) show("foto-rusak", true);
      }
    }
    target.value = "";
    await photos();
    show("foto-lebih", left);
    await store();
    if (!room) Antrean.full(true);
  });

  form.addEventListener("input", ({target}) => {
    if (target.name === "village") lines();
    clearTimeout(timer);
    timer = setTimeout(store, 250);
  });

  form.addEventListener("click", async ({target}) => {
    const to = target.closest("[data-ke]");
    if (!to) return;
    if (!(await store())) return;
    await (Number(to.dataset.ke) ? go(Number(to.dataset.ke)) : home());
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const lack = lacking(await Antrean.photosOf(item.token));
    if (lack && lack <= step) {
      await go(lack);
      show("galat-isian", true);
      $("galat-isian").focus();
      return;
    }
    if (step < 5) {
      if (await store()) await go(step + 1);
    } else if (item.practice) {
      await Antrean.drop(item.token);
      item = null;
      await home();
    } else if (await store("ready")) {
      item = null;
      await home();
      await send();
    }
  });

  const follow = async () => {
    const {hash} = location;
    if (hash === "#baru" || hash === "#latihan") await begin("", hash === "#latihan");
    else if (hash.startsWith("#isi-")) await begin(hash.slice(5));
    else if (hash.startsWith("#jual")) await Jual.begin(hash.slice(6), known, () => home().then(send));
  };

  (async () => {
    const who = Antrean.note("siapa");
    if (!who) return show("siapa", true);
    const first = location.hash; // a later one is followed by itself, and must not begin a visit twice
    await Antrean.open(who);
    known = await Antrean.data();
    addEventListener("hashchange", follow);
    show("rumah", true);
    await draw();
    const worker = navigator.serviceWorker, held = worker?.controller;
    worker?.addEventListener("controllerchange", () => show("diperbarui", held));
    addEventListener("online", send);
    addEventListener("offline", draw);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
    $("kirim").onclick = send;
    $("salin").onclick = async () => {
      $("tersalin").textContent = `${await Salinan.copy(who)} laporan disalin ke Unduhan. Yang di HP ini tetap menunggu.`;
    };
    setInterval(() => { if (navigator.onLine) send(); }, 60000);
    if (!known) await send();
    if (first) await follow();
    await send();
    document.documentElement.dataset.siap = "1";
    return null;
  })();
})();
