// A large photo is drawn again before it leaves: fewer bytes, and nothing of where it was taken. Without this file, the
// photo leaves as it is, and the service draws it again.
const LOURDE = 2_000_000; // bytes
const COTE = 2000; // pixels

async function preparer(fichier) {
  if (!fichier.type.startsWith("image/") || fichier.size <= LOURDE) return fichier;
  try {
    const image = await createImageBitmap(fichier);
    const part = Math.min(1, COTE / Math.max(image.width, image.height));
    const toile = document.createElement("canvas");
    toile.width = Math.round(image.width * part);
    toile.height = Math.round(image.height * part);
    toile.getContext("2d").drawImage(image, 0, 0, toile.width, toile.height);
    const octets = await new Promise((rendre) => toile.toBlob(rendre, "image/jpeg", 0.85));
    if (!octets || octets.size >= fichier.size) return fichier;
    const options = { type: "image/jpeg", lastModified: fichier.lastModified };
    return new File([octets], fichier.name.replace(/\.\w+$/, "") + ".jpg", options);
  } catch {
    return fichier; // a format that this browser does not draw
  }
}

async function montrer(ligne, fichier) {
  const toile = ligne.querySelector("[data-reg-vue]");
  if (!toile || !fichier.type.startsWith("image/")) return;
  try {
    const image = await createImageBitmap(fichier, { resizeHeight: toile.height });
    toile.width = image.width;
    toile.getContext("2d").drawImage(image, 0, 0);
    toile.hidden = false;
  } catch {
    toile.remove();
  }
}

document.addEventListener("change", (evenement) => {
  const tour = evenement.target.closest("[data-reg-tour]");
  const toile = tour?.closest("li").querySelector("[data-reg-vue]");
  if (toile) toile.className = `por-photo por-photo--${tour.value}`;
});
globalThis.photos = { preparer, montrer };
