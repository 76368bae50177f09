// Proposals under a field while one types (ARIA 1.2 combobox). Nothing is ever filled in but by a choice; without this
// file, a button asks for the same proposals.
const ATTENTE = 250; // milliseconds after the last key
const ICI = "Aide indisponible. Continuez à la main.";
let rang = 0;

function monter(bloc) {
  const champ = bloc.querySelector("input:not([type=hidden]):not([type=radio])");
  const formulaire = champ?.form;
  const adresse = formulaire?.dataset.regPropositions;
  if (!adresse) return;
  const court = bloc.dataset.regPropose;
  const prefixe = champ.name.slice(0, champ.name.length - court.length);
  const frere = (nom) => formulaire.elements.namedItem(prefixe + nom);
  const liste = document.createElement("ul");
  const dit = document.createElement("p");
  let options = [];
  let actif = -1;
  let reveil = 0;
  let question = null; // the request under way

  liste.id = `propositions-${(rang += 1)}`;
  liste.className = "reg-propose__liste";
  liste.hidden = true;
  liste.setAttribute("role", "listbox");
  liste.setAttribute("aria-label", "Propositions");
  dit.className = "fr-sr-only";
  dit.setAttribute("role", "status");
  champ.after(liste);
  bloc.append(dit);
  bloc.querySelector("button[name=chercher]")?.remove();
  for (const [nom, valeur] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", liste.id]]) {
    champ.setAttribute(nom, valeur);
  }

  function activer(nouveau) {
    options[actif]?.element.setAttribute("aria-selected", "false");
    actif = nouveau;
    const option = options[actif]?.element;
    if (!option) return champ.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    champ.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function fermer() {
    clearTimeout(reveil);
    question?.abort();
    activer(-1);
    liste.hidden = true;
    liste.replaceChildren();
    options = [];
    champ.setAttribute("aria-expanded", "false");
  }

  function choisir(proposition) {
    if (proposition.url) return location.assign(proposition.url);
    for (const [nom, valeur] of Object.entries(proposition.valeurs)) {
      const autre = frere(nom);
      if (autre) autre.value = valeur;
    }
    const garde = frere(`${court}_choix`); // kept beside what can be checked; the server knows if it still holds
    if (garde) garde.value = proposition.choix;
    fermer();
    dit.textContent = `Choisi : ${proposition.libelle}.`;
  }

  function dessiner(proposition, numero) {
    const element = document.createElement("li");
    element.id = `${liste.id}-${numero}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.textContent = proposition.libelle;
    if (proposition.detail) {
      const detail = document.createElement("span");
      detail.className = "fr-hint-text";
      detail.textContent = proposition.detail;
      element.append(" ", detail);
    }
    element.addEventListener("mousedown", (evenement) => evenement.preventDefault()); // the focus stays in the field
    element.addEventListener("click", () => choisir(proposition));
    return { element, proposition };
  }

  function montrer({ propositions, phrase }) {
    fermer();
    dit.textContent = phrase;
    options = propositions.map(dessiner);
    if (!options.length) return;
    liste.replaceChildren(...options.map(({ element }) => element));
    liste.hidden = false;
    champ.setAttribute("aria-expanded", "true");
    liste.scrollIntoView({ block: "nearest" });
  }

  async function demander() {
    const texte = champ.value;
    const lit = formulaire.method === "get"; // of what anybody may read: nothing to protect a change with
    const avec = [court, ...(bloc.dataset.regAvec ?? "").split(" ").filter(Boolean)];
    const corps = new URLSearchParams({ chercher: champ.name, dehors: formulaire.dataset.regDehors ?? "" });
    if (!lit) corps.set("csrfmiddlewaretoken", frere("csrfmiddlewaretoken")?.value ?? formulaire.elements.csrfmiddlewaretoken.value);
    for (const nom of avec) corps.set(prefixe + nom, frere(nom)?.value ?? "");
    question?.abort();
    const celle_ci = (question = new AbortController());
    try {
      const demande = lit ? [`${adresse}?${corps}`, {}] : [adresse, { method: "POST", body: corps }];
      const reponse = await fetch(demande[0], { ...demande[1], signal: celle_ci.signal });
      if (!reponse.ok) throw new Error(reponse.statusText);
      const dites = await reponse.json();
      if (champ.value === texte && document.activeElement === champ) montrer(dites);
    } catch {
      if (!celle_ci.signal.aborted) montrer({ propositions: [], phrase: ICI });
    }
  }

  // The postal code alone proposes its communes.
  function suffit() {
    return frere(bloc.dataset.regSuffit)?.value.replace(/\s/g, "").length === 5;
  }

  function assez() {
    return champ.value.trim().length >= Number(bloc.dataset.regDes) || suffit();
  }

  champ.addEventListener("input", () => {
    fermer();
    if (assez()) reveil = setTimeout(demander, ATTENTE);
  });
  champ.addEventListener("focus", () => {
    if (!champ.value && suffit()) demander();
  });
  champ.addEventListener("blur", fermer);
  champ.addEventListener("keydown", (evenement) => {
    if (evenement.ctrlKey || evenement.metaKey || evenement.isComposing) return;
    const pas = { ArrowDown: 1, ArrowUp: -1 }[evenement.key];
    if (pas && options.length) activer((actif + pas + options.length + (actif < 0 && pas < 0 ? 1 : 0)) % options.length);
    else if (pas === 1 && assez()) demander();
    else if (evenement.key === "Enter" && actif >= 0) choisir(options[actif].proposition);
    else if (evenement.key === "Escape" && options.length) fermer();
    else return;
    evenement.preventDefault();
  });
}

const monterTout = (lieu) => lieu.querySelectorAll("[data-reg-propose]").forEach(monter);
document.addEventListener("reg:champs", ({ detail }) => monterTout(detail)); // fields that took the place of others
monterTout(document);
