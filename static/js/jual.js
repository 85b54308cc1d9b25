/* A sale on the phone, kept and sent by antrean.js. */
(() => {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const form = $("jual");
  let item, leave, timer;

  const show = (id, on) => { $(id).hidden = !on; };

  async function store(state) {
    clearTimeout(timer);
    if (!item) return true;
    const next = {...item, sale: true, fields: [...new FormData(form)], day: $("j-tanggal").value, refused: "",
      village: `${$("j-kelompok").selectedOptions[0]?.text}: ${$("j-barang").value}`,
      state: state || (form.checkValidity() ? "full" : "draft")};
    if (!(await Antrean.kept(next))) return false;
    item = next;
    $("jual-tersimpan").textContent = "Tersimpan di HP ini";
    return true;
  }

  async function begin(token, known, then) {
    leave = then;
    form.reset();
    item = (await Antrean.items()).find((each) => each.token === token) || {token: crypto.randomUUID(), fields: []};
    const groups = (known?.villages || []).flatMap((village) => village.groups || []);
    $("j-kelompok").replaceChildren(...groups.map(({id, name}) => new Option(name, id)));
    $("j-tanggal").value = await Antrean.today();
    for (const [name, said] of item.fields) (form.elements.namedItem(name) || {}).value = said; // an update may lack one
    $("jual-tersimpan").textContent = "";
    show("tanpa-kelompok", !groups.length);
    show("galat-jual", false);
    show("rumah", false);
    show("jual", true);
    form.querySelector("h1").focus();
  }

  async function end() {
    item = null;
    show("jual", false);
    await leave();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(store, 250);
  });

  $("jual-keluar").onclick = async () => {
    if (!$("j-barang").value || (await store())) await end();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.checkValidity()) {
      if (await store("ready")) await end();
    } else {
      show("galat-jual", true);
      form.querySelector("input:invalid, select:invalid").focus();
    }
  });

  window.Jual = {begin};
})();
