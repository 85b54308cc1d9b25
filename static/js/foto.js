/* Reads when and where a photo was taken before it is made small (lamar.js), which drops both. Without this file the
   server reads them from the photo itself, and takes fewer files at once. */
(() => {
  "use strict";

  const MOST = 20;
  const HEAD = 256 * 1024; // the notes are at its beginning
  const working = new Set();

  // The values of one directory of a TIFF: number -> text, or list of numbers.
  function directory(view, start, at, little) {
    const found = new Map();
    const count = view.getUint16(start + at, little);
    for (let n = 0; n < count && n < 200; n++) {
      const entry = start + at + 2 + 12 * n;
      const [tag, kind, length] = [view.getUint16(entry, little), view.getUint16(entry + 2, little), view.getUint32(entry + 4, little)];
      const width = {2: 1, 3: 2, 4: 4, 5: 8}[kind];
      if (!width || length > 64) continue;
      const place = width * length > 4 ? start + view.getUint32(entry + 8, little) : entry + 8;
      const each = (read) => Array.from({length}, (_, i) => read(place + i * width));
      if (kind === 2) found.set(tag, String.fromCharCode(...each((p) => view.getUint8(p))).replace(/\0.*$/, "").trim());
      if (kind === 3) found.set(tag, each((p) => view.getUint16(p, little)));
      if (kind === 4) found.set(tag, each((p) => view.getUint32(p, little)));
      if (kind === 5) found.set(tag, each((p) => view.getUint32(p, little) / view.getUint32(p + 4, little)));
    }
    return found;
  }

  function degrees(parts, negative) {
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every(Number.isFinite)) return "";
    const value = parts[0] + parts[1] / 60 + parts[2] / 3600;
    return (negative ? -value : value).toFixed(6);
  }

  // [moment, offset, lat, lng] of a JPEG; empty where it says nothing.
  function notes(view) {
    if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return ["", "", "", ""];
    let at = 2;
    while (at + 10 < view.byteLength && view.getUint8(at) === 0xff) {
      const marker = view.getUint8(at + 1);
      if (marker === 0xda) break;
      if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) {
        const start = at + 10;
        const little = view.getUint16(start) === 0x4949;
        const main = directory(view, start, view.getUint32(start + 4, little), little);
        const part = (tag) => (main.get(tag) ? directory(view, start, main.get(tag)[0], little) : new Map());
        const [details, place] = [part(0x8769), part(0x8825)];
        const [lat, lng] = [degrees(place.get(2), place.get(1) === "S"), degrees(place.get(4), place.get(3) === "W")];
        return [details.get(0x9003) || "", details.get(0x9011) || "", lat, lng];
      }
      at += 2 + view.getUint16(at + 2);
    }
    return ["", "", "", ""];
  }

  async function noted(file) {
    let found = ["", "", "", ""];
    try {
      found = notes(new DataView(await file.slice(0, HEAD).arrayBuffer()));
    } catch {
      // broken notes: the photo may be sound
    }
    return [...found.map((each) => each.replaceAll("|", " ")), file.size].join("|");
  }

  function say(input, words) {
    const line = document.getElementById(`${input.id}_kecil`) || document.createElement("p");
    line.id = `${input.id}_kecil`;
    line.className = "meta";
    line.setAttribute("role", "status");
    line.textContent = words;
    input.after(line);
  }

  const old = (input) => input.form.querySelectorAll(`input[type=hidden][name="${input.dataset.notes}"]`);

  async function keep(input, files) {
    const texts = await Promise.all(files.map(noted));
    old(input).forEach((each) => each.remove());
    for (const text of texts) {
      const hidden = document.createElement("input");
      [hidden.type, hidden.name, hidden.value] = ["hidden", input.dataset.notes, text];
      input.parentElement.append(hidden); // in the order of the files
    }
  }

  for (const input of document.querySelectorAll("input[type=file][data-notes]")) {
    input.addEventListener("change", (event) => {
      const files = [...input.files];
      old(input).forEach((each) => each.remove());
      if (files.length > MOST) {
        event.stopImmediatePropagation();
        input.value = "";
        say(input, `Pilih paling banyak ${MOST} berkas sekali unggah, lalu unggah sisanya setelah itu.`);
        return;
      }
      const work = keep(input, files).finally(() => working.delete(work));
      working.add(work);
    });
  }

  // Who is quicker than the reading waits for it, with the same button.
  document.addEventListener("submit", (event) => {
    if (!working.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const {target, submitter} = event;
    Promise.all(working).then(() => target.requestSubmit(submitter));
  }, true);
})();
