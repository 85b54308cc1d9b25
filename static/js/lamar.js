/* Photos of papers are made small on the phone before they travel. Without this file they travel as they are. */
(() => {
  "use strict";

  const MOST = 300 * 1024;
  const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45];
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);
  const working = new Set();

  function toBlob(canvas, quality) {
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  }

  // The photo as a JPEG whose longest edge is `edge`; the file itself when it is no photo or small enough already.
  async function shrink(file, edge) {
    if (!/^image\//.test(file.type) || file.size <= MOST) return file;
    let bitmap;
    try {
      bitmap = await createImageBitmap(file, {imageOrientation: "from-image"});
    } catch {
      return file; // HEIC in a browser that cannot read it: the server can
    }
    const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    let blob = null;
    for (const quality of QUALITIES) {
      blob = await toBlob(canvas, quality);
      if (blob && blob.size <= MOST) break;
    }
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, {type: "image/jpeg"});
  }

  function say(input, words) {
    let line = document.getElementById(`${input.id}_kecil`);
    if (!line) {
      line = document.createElement("p");
      line.id = `${input.id}_kecil`;
      line.className = "meta";
      line.setAttribute("role", "status");
      input.after(line);
    }
    line.textContent = words;
  }

  async function shrinkAll(input) {
    const before = [...input.files];
    say(input, "Mengecilkan foto…");
    const after = [];
    for (const file of before) after.push(await shrink(file, Number(input.dataset.shrink)));
    if (before.length !== input.files.length || before.some((file, at) => file !== input.files[at])) return; // chosen again
    const kept = new DataTransfer();
    after.forEach((file) => kept.items.add(file));
    input.files = kept.files;
    const total = (files) => files.reduce((sum, file) => sum + file.size, 0);
    say(input, total(after) < total(before) ? `Siap diunggah: ${size(total(after))}, semula ${size(total(before))}.` : `Siap diunggah: ${size(total(before))}.`);
  }

  for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
    input.addEventListener("change", () => {
      if (!input.files.length || typeof DataTransfer !== "function" || typeof createImageBitmap !== "function") return;
      const work = shrinkAll(input).catch(() => say(input, "")).finally(() => working.delete(work));
      working.add(work);
    });
  }

  // Who is quicker than the shrinking waits for it, with the same button.
  document.addEventListener("submit", (event) => {
    if (!working.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const {target, submitter} = event;
    Promise.all(working).then(() => target.requestSubmit(submitter));
  }, true);
})();
