// Answers are kept as fields are left and the page hidden; nothing needs this.
const page = document.querySelector("form[data-brouillon]");
const ligne = page.querySelector("[data-gardees]");
const lire = () => new URLSearchParams(new FormData(page));
const reponses = () => { const dites = lire(); dites.delete("lu"); return `${dites}`; };
let gardees = reponses(), envoi, minuteur, parti = false;

async function poster() {
  const ici = reponses(), body = lire();
  if (parti || ici === gardees) return;
  body.append("garder", "oui");
  try {
    const dite = await fetch(location.href, { method: "POST", body, keepalive: true, redirect: "manual" });
    if (dite.type === "opaqueredirect") return void (ligne.textContent = ligne.dataset.finie);
    const { lu, phrase } = await dite.json();
    ligne.textContent = phrase;
    if (!dite.ok) return;
    page.elements.lu.value = lu;
    gardees = ici;
  } catch {
    ligne.textContent = ligne.dataset.coupee;
  }
}
const garder = () => { envoi = Promise.resolve(envoi).then(poster); };
page.onchange = () => { clearTimeout(minuteur); minuteur = setTimeout(garder, 300); };
window.ononline = garder;
document.onvisibilitychange = () => document.hidden && garder();
page.onsubmit = async (evenement) => {
  clearTimeout(minuteur);
  if (parti || !envoi) return void (parti = true);
  evenement.preventDefault(); // the number moves
  await envoi;
  parti = true;
  setTimeout(() => page.requestSubmit(evenement.submitter));
};
window.onpageshow = () => { parti = false; };
