"""Questionnaires: those that wait, one filled in, its results and what was decided; relayed, closed, exported."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sne.collaboratif.cohortes.actions import postuler
from sne.collaboratif.cohortes.rules import FORMULAIRE
from sne.collaboratif.cohortes.selectors import derniere_cohorte
from sne.collaboratif.espaces.rules import cle_du_questionnaire
from sne.collaboratif.espaces.selectors import equipes_offertes, territoire_tenu
from sne.collaboratif.questionnaires import actions
from sne.collaboratif.questionnaires.lecture import (
    get_questionnaire,
    get_reponses,
    get_resultats,
    get_taux,
    list_questionnaires,
    lit_les_textes,
)
from sne.collaboratif.questionnaires.livres import questionnaires_livres
from sne.collaboratif.questionnaires.models import Questionnaire
from sne.collaboratif.questionnaires.possible import (
    exiger_exporter,
    exiger_relayer,
    exiger_repondre,
    exiger_tenir_questionnaire,
)
from sne.collaboratif.questionnaires.rules import Genre, Question, lire_questions
from sne.espace_pro.espaces.forms import FormulaireCloture, FormulaireOuvrir, FormulaireRelais
from sne.espace_pro.espaces.gestes import formuler, lecteur
from sne.espace_pro.espaces.rencontres import couches_tenues
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.socle.acte import Acte
from sne.socle.erreurs import refus_de
from sne.socle.fichiers import en_tableur
from sne.socle.forms import Cases, Choix, Formulaire
from sne.socle.horloge import debut_du_jour, maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

ENVOYE = "Vos réponses sont envoyées. Vous lirez ici ce qui en aura été décidé."
GARDE = "Ce que vous avez écrit est gardé. Rien n’est encore envoyé."
NOMME = "Votre nom est joint à vos réponses. Vous pouvez les changer jusqu’à la fin."
ANONYME = (
    "Vos réponses sont anonymes\u00a0: il est noté que vous avez répondu, et rien ne relie votre nom à ce qui est dit. "
    "Elles ne se changent plus une fois envoyées."
)


class FormulaireQuestions(Formulaire):
    """A questionnaire as it is filled in: one field a question; what is mandatory is asked by the act."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        self.base_fields = {question.code: _champ(question) for question in questions}
        super().__init__(*args, **kwargs)


def _champ(question: Question) -> forms.Field:
    commun: dict[str, Any] = {"label": question.libelle, "required": False}
    if question.si:
        commun["help_text"] = "Seulement si la réponse d’avant le demande."
    choix = list(question.options.items())
    match question.genre:
        case Genre.MULTIPLE:
            return forms.MultipleChoiceField(choices=choix, widget=Cases(en_ligne=False), **commun)
        case Genre.TEXTE:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **commun)
        case Genre.NOMBRE:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **commun)
        case _:
            return Choix(choices=choix, widget=forms.RadioSelect(), **commun)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def questionnaires(request: RequeteHabilitee) -> HttpResponse:
    """Those for one, those that wait first; those of the product that may be opened."""
    lit, le = lecteur(request), maintenant()
    lus: list[dict[str, Any]] = [
        {
            "questionnaire": q,
            "attend": not q.faite and not refus_de(exiger_repondre, lit, q, le=le),
            "tient": not refus_de(exiger_tenir_questionnaire, lit, q),
            "relaie": not refus_de(exiger_relayer, lit, q),
        }
        for q in list_questionnaires(lit)
    ]
    lus.sort(key=lambda q: not q["attend"])
    ouverts = {q["questionnaire"].code for q in lus}
    livres = (
        [x for code, x in questionnaires_livres().items() if code not in ouverts]
        if lit_les_textes(lit)
        else []
    )
    return render(request, "espaces/questionnaires.html", {"questionnaires": lus, "livres": livres})


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def remplir(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Fill it in: what is typed is kept at each button, and when it closes meanwhile."""
    lit, acte = lecteur(request), acte_de(request)
    questionnaire = get_questionnaire(code, lit)
    questions = lire_questions(questionnaire.questions)
    initial = {
        **get_reponses(questionnaire, request.acteur.id),
        **actions.lire_brouillon(questionnaire, request.acteur.id),
    }
    formulaire = FormulaireQuestions(saisi_de(request), questions=questions, initial=initial)
    refus = refus_de(exiger_repondre, lit, questionnaire, le=acte.survenu_le)
    if request.method == "POST":
        saisi = {
            q.code: request.POST.getlist(q.code)
            if q.genre is Genre.MULTIPLE
            else request.POST.get(q.code, "")
            for q in questions
        }
        actions.garder(code, saisi, acte=acte)
        if (
            "envoyer" in request.POST
            and not refus
            and formulaire.is_valid()
            and formulaire.tenter(_envoyer, code, saisi, acte, essai=request.GET.get("essai", ""))
        ):
            messages.success(request, ENVOYE)
            return redirect("questionnaires")
        if "garder" in request.POST:
            messages.success(request, GARDE)
            return redirect(request.get_full_path())
    contexte = {
        "questionnaire": questionnaire,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "refus": refus,
        "comment": ANONYME if questionnaire.anonyme else NOMME,
    }
    return render(request, "espaces/questionnaire.html", contexte)


def _envoyer(code: str, saisi: Mapping[str, Any], acte: Acte, *, essai: str) -> None:
    """The form of volunteers asks to take part in the trial that one came from, else in the last one opened; any other
    is answered.
    """
    cohorte = derniere_cohorte() if code == FORMULAIRE else None
    if cohorte is not None:
        postuler(essai or cohorte.code, saisi, acte=acte)
    else:
        actions.repondre(code, saisi, acte=acte)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def resultats(request: RequeteHabilitee, code: str) -> HttpResponse:
    """What was answered, and what was decided from it."""
    lit = lecteur(request)
    contexte = {"lus": get_resultats(code, lit), "convoque": bool(couches_tenues(lit))}
    return render(request, "espaces/resultats.html", contexte)


@exiger(Permission.ESPACE_CONTRIBUER)
@require_GET
def taux(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Who took part, by counter."""
    lit = lecteur(request)
    questionnaire = get_questionnaire(code, lit)
    contexte = {
        "questionnaire": questionnaire,
        "lieux": get_taux(code, lit, le=maintenant()),
        "exporte": not refus_de(exiger_exporter, lit, questionnaire),
    }
    return render(request, "espaces/taux.html", contexte)


@exiger(Permission.ANIMATION_TENIR)
@require_http_methods(["GET", "POST"])
def ouvrir(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Open a questionnaire of the product to teams, until a day."""
    livre = questionnaires_livres().get(code)
    if livre is None:
        raise Http404
    territoire = territoire_tenu(request.acteur)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> None:
        nouveau = actions.Nouveau(
            **livre,
            cibles=saisi["cibles"],
            du=acte.survenu_le,
            au=debut_du_jour(saisi["au"]) + timedelta(days=1),
            territoire=territoire,
            drapeau=cle_du_questionnaire(code),
        )
        actions.ouvrir_questionnaire(nouveau, acte=acte)

    return formuler(
        request,
        FormulaireOuvrir(saisi_de(request), equipes=equipes_offertes(territoire)),
        faire,
        titre=livre["titre"],
        bouton="Ouvrir le questionnaire",
        retour=reverse("questionnaires"),
        phrase=livre["intro"],
        fait="Le questionnaire est ouvert.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def relais(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Share it with one's counters."""
    questionnaire = get_questionnaire(code, lecteur(request))
    return formuler(
        request,
        FormulaireRelais(saisi_de(request)),
        lambda saisi, acte: actions.relayer(code, phrase=saisi["phrase"], acte=acte),
        titre="Relayer à mes guichets",
        bouton="Relayer",
        retour=reverse("questionnaires"),
        apercu=questionnaire.titre,
        fait="Le questionnaire est ouvert à vos guichets.",
    )


@exiger(Permission.ESPACE_CONTRIBUER)
@require_http_methods(["GET", "POST"])
def clore(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Close it, with what was decided."""
    lit = lecteur(request)
    questionnaire = get_questionnaire(code, lit)
    exiger_tenir_questionnaire(lit, questionnaire)

    def faire(saisi: Mapping[str, Any], acte: Acte) -> str:
        actions.clore(code, suites=saisi["suites"], acte=acte)
        return code

    return formuler(
        request,
        FormulaireCloture(saisi_de(request)),
        faire,
        titre=f"Clore «\u00a0{questionnaire.titre}\u00a0»",
        bouton="Clore, et dire les suites",
        retour=reverse("questionnaires"),
        vers="questionnaire-resultats",
        phrase="Ceux qui ont répondu lisent les résultats et les suites.",
    )


@exiger(Permission.ANIMATION_TENIR)
@require_POST
def exporter(request: RequeteHabilitee, code: str) -> StreamingHttpResponse:
    """Answers in a file, without names; without free texts but for who asks in the whole country."""
    questionnaire = actions.exporter(code, acte=acte_de(request))
    textes = lit_les_textes(lecteur(request))
    questions = [q for q in lire_questions(questionnaire.questions) if textes or q.genre is not Genre.TEXTE]
    lignes = ([_en_mots(q, r.get(q.code)) for q in questions] for r in _reponses(questionnaire))
    return en_tableur(code, [q.libelle for q in questions], lignes)


def _reponses(questionnaire: Questionnaire) -> list[Mapping[str, Any]]:
    """Under the threshold, none leave."""
    valeurs = list(questionnaire.reponses.order_by("id").values_list("valeurs", flat=True))
    return valeurs if len(valeurs) >= questionnaire.seuil else []


def _en_mots(question: Question, valeur: Any) -> str:
    if isinstance(valeur, list):
        return ", ".join(question.options[v] for v in valeur)
    return str(question.options.get(valeur, "" if valeur is None else valeur))
