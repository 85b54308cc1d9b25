/* A copy of all that waits on this phone, as one ZIP in its downloads: for a phone that cannot send any more. Its author
   sends it at /impor/kunjungan/. Photos are JPEG, so that nothing is compressed again. */
(() => {
  "use strict";

  const OPEN = ["draft", "full", "ready", "waiting"];
  const MOST = 12e6; // bytes of one file; the site takes 15 MB
  const TABLE = Array.from({length: 256}, (_, n) => {
    let sum = n;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
    return sum >>> 0;
  });

  function crc32(bytes) {
    let sum = ~0;
    for (const byte of bytes) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
    return ~sum >>> 0;
  }

  // The numbers of a header: [size in bytes, value], little-endian.
  function packed(...pairs) {
    const bytes = [];
    for (const [size, value] of pairs) for (let n = 0; n < size; n++) bytes.push((value >>> (8 * n)) & 255);
    return new Uint8Array(bytes);
  }

  function zip(files) {
    const parts = [], directory = [];
    let at = 0;
    for (const [name, bytes] of files) {
      const path = new TextEncoder().encode(name);
      // version, flags (names are UTF-8), stored, time, day, sum, size, size, length of the name, of the rest
      const about = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length],
        [2, path.length], [2, 0]];
      const head = packed([4, 0x04034b50], ...about);
      directory.push(packed([4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), path);
      parts.push(head, path, bytes);
      at += head.length + path.length + bytes.length;
    }
    const size = directory.reduce((sum, part) => sum + part.length, 0);
    const end = packed([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]);
    return new Blob([...parts, ...directory, end], {type: "application/zip"});
  }

  function save(user, items, photos, part) {
    const said = {user, items: items.map(({token, fields}) => ({token, fields,
      photos: photos.filter((each) => each.token === token).map(({number, sha256, size}) => ({number, sha256, size}))}))};
    const files = [["kunjungan.json", new TextEncoder().encode(JSON.stringify(said))],
      ...photos.map(({token, number, bytes}) => [`foto/${token}-${number}.jpg`, new Uint8Array(bytes)])];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(zip(files));
    link.download = `salinan-kunjungan-${new Date().toISOString().slice(0, 10)}-${part}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // How many visits are in the copy; several files where one would be too large.
  async function copy(user) {
    const open = (await Antrean.items()).filter((each) => OPEN.includes(each.state)).reverse();
    let items = [], photos = [], bytes = 0, part = 1;
    for (const item of open) {
      const own = await Antrean.photosOf(item.token);
      const size = own.reduce((sum, each) => sum + each.size, 0);
      if (items.length && bytes + size > MOST) {
        save(user, items, photos, part++);
        [items, photos, bytes] = [[], [], 0];
      }
      items.push(item);
      photos.push(...own);
      bytes += size;
    }
    if (items.length) save(user, items, photos, part);
    return open.length;
  }

  window.Salinan = {copy};
})();
