// Draft of a page: kept and drawn again two seconds after the last key; buttons that put signs in. Nothing needs this.
const page = document.getElementById("ecrire");
const texte = page.elements.corps;
const ligne = document.getElementById("gardees");
const lire = () => new URLSearchParams(new FormData(page));
const dites = () => { const toutes = lire(); toutes.delete("lu"); return `${toutes}`; };
let gardees = dites(), envoi, minuteur, parti = false;

async function poster() {
  const ici = dites();
  if (parti || ici === gardees) return;
  try {
    const reponse = await fetch(location.pathname, { method: "POST", body: lire(), keepalive: true, redirect: "manual" });
    if (reponse.type === "opaqueredirect") return void (ligne.textContent = page.dataset.finie);
    const lue = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const phrase = lue.getElementById("conflit") ?? lue.getElementById("gardees");
    if (!phrase) return void (ligne.textContent = page.dataset.coupee);
    ligne.textContent = phrase.textContent;
    if (!reponse.ok) return;
    page.elements.lu.value = lue.getElementById("lu").value;
    document.getElementById("apercu").replaceChildren(...lue.getElementById("apercu").childNodes);
    history.replaceState(null, "", location.pathname); // a page kept of before would be older than the draft
    gardees = ici;
  } catch {
    ligne.textContent = page.dataset.coupee;
  }
}
const garder = () => { envoi = Promise.resolve(envoi).then(poster); };
page.addEventListener("input", () => { clearTimeout(minuteur); minuteur = setTimeout(garder, 2000); });
document.addEventListener("visibilitychange", () => document.hidden && garder());
page.addEventListener("submit", async (evenement) => {
  clearTimeout(minuteur);
  if (parti || !envoi) return void (parti = true);
  evenement.preventDefault(); // the number moves
  await envoi;
  parti = true;
  setTimeout(() => page.requestSubmit(evenement.submitter));
});
window.addEventListener("pageshow", () => { parti = false; });

document.getElementById("outils").hidden = false;
document.querySelectorAll("[data-avant]").forEach((bouton) => {
  bouton.hidden = false;
  bouton.addEventListener("click", () => {
    const { avant, apres = "" } = bouton.dataset;
    const [debut, fin] = [texte.selectionStart, texte.selectionEnd];
    texte.setRangeText(avant + texte.value.slice(debut, fin) + apres, debut, fin, "end");
    texte.selectionStart = texte.selectionEnd = texte.selectionEnd - apres.length;
    texte.focus();
    page.dispatchEvent(new Event("input"));
  });
});
