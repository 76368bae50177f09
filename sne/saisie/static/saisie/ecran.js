// A screen of entry while it is typed: what the rules say as a field is left, rows opened in place. The server answers
// with parts of the same page; without this file it says the same when the page is sent.
const formulaire = document.getElementById("en-place") ?? document.getElementById("etape"); // a block of the recap, or a screen
const champs = document.getElementById("champs");
const quittes = new Set(); // ids of the fields already left
let question = null; // the control under way

async function envoyer(ajouts, signal) {
  const corps = new FormData(formulaire);
  for (const [nom, valeur] of Object.entries(ajouts)) corps.set(nom, valeur);
  const reponse = await fetch(formulaire.action, { method: "POST", body: corps, signal });
  if (!reponse.ok || reponse.redirected) throw new Error(reponse.statusText);
  return new DOMParser().parseFromString(await reponse.text(), "text/html");
}

// The message of a field is the one that the page would show: same place, same words, linked in the same way.
function dire(champ, phrase) {
  const groupe = champ.closest(".fr-input-group, .fr-select-group, .fr-fieldset, .fr-segmented, .fr-checkbox-group");
  if (!groupe) return;
  const cle = `${champ.id}-controle`;
  let place = document.getElementById(cle);
  if (!place) {
    place = document.createElement("div");
    place.id = cle;
    place.className = "fr-messages-group";
    place.setAttribute("aria-live", "polite");
    groupe.append(place);
    champ.setAttribute("aria-describedby", `${champ.getAttribute("aria-describedby") ?? ""} ${cle}`.trim());
  }
  for (const ancien of groupe.querySelectorAll(".fr-message--error")) ancien.remove();
  const genre = groupe.classList.contains("fr-select-group") ? "select" : "input";
  groupe.classList.toggle(`fr-${genre}-group--error`, Boolean(phrase));
  if (phrase) champ.setAttribute("aria-invalid", "true");
  else champ.removeAttribute("aria-invalid");
  if (!phrase) return;
  const message = document.createElement("p");
  message.className = "fr-message fr-message--error";
  message.textContent = phrase;
  place.replaceChildren(message);
}

async function controler(champ) {
  if (champ.id) quittes.add(champ.id);
  question?.abort();
  const celle_ci = (question = new AbortController());
  try {
    const dit = await envoyer({ controle: champ.name }, celle_ci.signal);
    const phrases = new Map([...dit.querySelectorAll("[data-reg-champ]")].map((li) => [li.dataset.regChamp, li.textContent]));
    for (const id of quittes) {
      const quitte = document.getElementById(id);
      if (quitte) dire(quitte, phrases.get(id) ?? "");
    }
    for (const part of dit.querySelectorAll("[data-reg-remplace]")) {
      const place = document.getElementById(part.dataset.regRemplace);
      if (place && place.innerHTML.trim() !== part.innerHTML.trim()) place.replaceChildren(...part.childNodes);
    }
  } catch {
    // the page is controlled when it is sent
  }
}

async function ouvrir(bouton) {
  question?.abort();
  try {
    const dit = await envoyer({ [bouton.name]: bouton.value, fragment: "oui" });
    champs.replaceChildren(...dit.body.childNodes);
    document.dispatchEvent(new CustomEvent("reg:champs", { detail: champs }));
    (champs.querySelector("[autofocus]") ?? champs.querySelector(`[name="${bouton.dataset.regVers}"]`))?.focus();
  } catch {
    const relais = document.createElement("input");
    Object.assign(relais, { type: "hidden", name: bouton.name, value: bouton.value });
    formulaire.append(relais);
    formulaire.submit();
  }
}

// « Entrée » in the last field of the last row opens the next one.
function ligneSuivante(champ) {
  const ligne = champ.closest("fieldset[data-reg-groupe]");
  const derniere = [...champs.querySelectorAll(`fieldset[data-reg-groupe="${ligne?.dataset.regGroupe}"]`)].at(-1);
  if (!ligne || ligne !== derniere) return null;
  const textes = [...ligne.querySelectorAll("input[type=text], input:not([type])")].filter((e) => e.offsetParent);
  const dernier = textes.at(-1) === champ || champ.matches("[type=radio]");
  return dernier ? champs.querySelector(`button[name=ajouter][value="${ligne.dataset.regGroupe}"]`) : null;
}

if (formulaire && champs) {
  formulaire.addEventListener("change", (evenement) => {
    if (evenement.target.name && champs.contains(evenement.target)) controler(evenement.target);
  });
  formulaire.addEventListener("submit", (evenement) => {
    question?.abort();
    const bouton = evenement.submitter;
    if (!bouton || !champs.contains(bouton) || !["ajouter", "retirer", "monter"].includes(bouton.name)) return;
    evenement.preventDefault();
    ouvrir(bouton);
  });
  champs.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Enter" || evenement.ctrlKey || evenement.isComposing || evenement.defaultPrevented) return;
    if (evenement.target.matches("button, a, summary")) return;
    const groupe = evenement.target.dataset.regCombien;
    const bouton = groupe ? champs.querySelector(`button[name=ajouter][value="${groupe}"]`) : ligneSuivante(evenement.target);
    if (!bouton) return;
    evenement.preventDefault();
    ouvrir(bouton);
  });
}
