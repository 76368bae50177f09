"""The clauses that ``outils/muter.py`` takes out of the code, one at a time, with the tests that have to fall."""

from dataclasses import dataclass

CONTROLE = "sne/registre/controle/rules"
TESTS_DU_CONTROLE = ("tests/registre/controle/rules",)


@dataclass(frozen=True)
class Mutation:
    """``avant``, found once in ``fichier``, becomes ``apres``; one of ``tests`` has to fail."""

    clause: str
    fichier: str
    avant: str
    apres: str
    tests: tuple[str, ...]


def _controle(clause: str, fichier: str, avant: str, apres: str) -> Mutation:
    return Mutation(clause, f"{CONTROLE}/{fichier}", avant, apres, TESTS_DU_CONTROLE)


def _garde(clause: str, condition: str) -> Mutation:
    return _controle(
        clause, "decision.py", f"    if {condition}:\n        yield", "    if False:\n        yield"
    )


def _garde_en_jours(clause: str, condition: str) -> Mutation:
    return _controle(
        clause, "decision.py", f"    if {condition}:\n        jours", "    if False:\n        jours"
    )


def _garde_au_gt(clause: str, condition: str) -> Mutation:
    return _controle(f"{clause}, le gestionnaire", "decision.py", f"    if {condition}:\n", "    if False:\n")


def _ressources(clause: str, fichier: str, avant: str, apres: str) -> Mutation:
    ou = f"sne/registre/ressources/rules/{fichier}.py"
    return Mutation(clause, ou, avant, apres, ("tests/registre/ressources/rules",))


LETTRES, PART = "distance.lettres <= lettres_max", "distance.relative <= relatif_max"
DECIDER = "sne/registre/identite/actions/decider.py"
QUI_PEUT = "sne/registre/identite/possible.py"
LA_DECISION = "sne/registre/identite/rules/decision.py"
A_LA_PORTE = ("tests/registre/controle/test_controle.py",)
QUI_DECIDE = (
    "tests/registre/identite/test_decider_identite.py",
    "tests/registre/identite/test_decider_identite_qui.py",
)
QUI_PERMET = ("tests/registre/identite/test_permettre_contact.py",)
QUI_RELIT = ("tests/registre/identite/test_relire_identite.py",)
DEUX_COMPTES = ("tests/registre/enquete/test_deux_comptes.py",)
QUI_S_OPPOSE = ("tests/registre/avis/test_s_opposer.py",)
AVERTIS = ("tests/registre/avis/test_avertir.py",)
RESERVE = "score > seuils.score_ligne_gt or not RESERVEES_AU_GT"
QUI = "sne/habilitations/selectors/deux_personnes.py"
REPONDRE = "sne/habilitations/actions/deux_personnes.py"
MEME = "return not list_comptes_de(qui.id).isdisjoint(auteurs)"
USAGE = 'return usage != "" and cle(voulue.nom_naissance) == usage'
NOM = "if not (_nom_tolere(nom, seuils) or _est_le_nom_d_usage(voulue, contexte)):"
AVIS = "sne/registre/avis/rules/changement.py"
TESTS_DES_AVIS = ("tests/registre/avis/rules/test_avis_changement.py",)

MUTATIONS: tuple[Mutation, ...] = (
    _controle("au plus deux lettres", "distance.py", f"{LETTRES} and {PART}", PART),
    _controle("au plus un quart", "distance.py", f"{LETTRES} and {PART}", LETTRES),
    _controle(
        "deux lettres échangées comptent pour une", "distance.py", "OSA.distance(", "2 * OSA.distance("
    ),
    _controle("nom de naissance", "decision.py", NOM, "if False:"),
    _controle("nom d’usage", "decision.py", USAGE, "return False"),
    _controle("nom d’usage sans lettre", "decision.py", USAGE, "return cle(voulue.nom_naissance) == usage"),
    _controle(
        "nom d’usage stable", "contexte.py", "usage is None or usage >= seuils.usage_stable_jours", "True"
    ),
    _controle("prénoms", "decision.py", "if not _prenoms_toleres(prenoms, seuils):", "if False:"),
    _garde("date de naissance", "voulue.date_naissance != ancre.date_naissance"),
    _garde("sexe", "voulue.sexe != ancre.sexe"),
    _garde("numéro de sécurité sociale", "voulue.nir != ancre.nir and not contexte.nir_accorde"),
    _controle(
        "numéro nouveau qui ne s’accorde pas",
        "decision.py",
        "voulue.nir != ancre.nir and not contexte.nir_accorde",
        "voulue.nir != ancre.nir and ancre.nir is not None",
    ),
    _controle("accord du numéro", "contexte.py", 'saisi != "" and not', 'saisi != "" or not'),
    _controle(
        "numéro rempli une seule fois", "contexte.py", "return actuelle.nir == voulue.nir", "return True"
    ),
    _garde("dossier figé", "contexte.fige"),
    _garde_en_jours("réactivation", "contexte.reactivee"),
    _garde("contact dans le même acte", "contexte.contact_meme_acte"),
    _garde_en_jours("contact récent", "contexte.contact_recent"),
    _garde_en_jours("alternance", "contexte.contact_sept_jours"),
    _garde("un seul changement automatique", "contexte.automatiques"),
    # Beside a contact, what is small passes: nothing else, once, from the anchor, in all, and read again more often.
    _controle(
        "près d’un contact, petit seulement",
        "decision.py",
        "(autour and not _est_petite(ancre, voulue, seuils))",
        "(autour and False)",
    ),
    _controle(
        "près d’un contact, les autres gardes tiennent",
        "decision.py",
        "len(retenues) > len(autour) or",
        "False or",
    ),
    _controle(
        "près d’un contact, la somme des lettres",
        "decision.py",
        "        + mesurer(ancre.prenoms, voulue.prenoms).lettres\n",
        "",
    ),
    _controle(
        "près d’un contact, un nom d’usage n’est pas petit",
        "decision.py",
        "return lettres < seuils.contact_lettres_attente",
        "return lettres < seuils.contact_lettres_attente or cle(voulue.nom_naissance) != cle(ancre.nom_naissance)",
    ),
    Mutation(
        "près d’un contact, relu plus souvent",
        f"{CONTROLE}/tirage.py",
        "if CONTACTS_AUTOUR.isdisjoint(verdict.clauses)",
        "if True",
        ("tests/registre/identite/rules/test_relecture.py",),
    ),
    Mutation(
        "près d’un contact, tiré à cette part",
        "sne/registre/controle/actions.py",
        "part_relue(verdict, seuils)",
        "seuils.relecture_part",
        A_LA_PORTE,
    ),
    _controle(
        "départ d’un cotitulaire",
        "decision.py",
        "return _en_attente([depart, *_gardes(contexte, seuils), *_deja_valide(contexte, seuils)])",
        "return _automatique([depart])",
    ),
    _controle(
        "mesurer depuis l’ancre",
        "decision.py",
        "_traits_retenus(ancre, voulue, contexte, seuils), *",
        "_traits_retenus(actuelle or ancre, voulue, contexte, seuils), *",
    ),
    _controle(
        "contact changé par le ménage",
        "contexte.py",
        "if operation.type is TypeOperation.CREATION:",
        "if operation.type is TypeOperation.CREATION or not operation.professionnelle:",
    ),
    _garde_au_gt("un cotitulaire remplacé", "contexte.cotitulaire and not est_une_correction(ancre, voulue)"),
    _garde_au_gt("un changement validé peu avant", "contexte.validees"),
    Mutation(
        "qui est devenu quelqu’un d’autre vient d’arriver",
        "sne/registre/separation/rules.py",
        "connu is not None and est_une_correction(connu.identite, adulte.identite)",
        "connu is not None",
        ("tests/registre/separation/rules/test_separation.py",),
    ),
    Mutation(
        "qui décide des noms n’en saisit pas",
        "sne/registre/modification/policies.py",
        'roles = {(Role.GESTIONNAIRE_TERRITORIAL, "")}',
        "pass",
        ("tests/registre/identite/test_matrice_identite.py",),
    ),
    Mutation(
        "qui a saisi l’identité ne change pas les contacts",
        "sne/registre/modification/actions/revision/preparer.py",
        "if le_permet and not _est_le_sien(retenue.identite, acteur):",
        "if le_permet:",
        QUI_PERMET,
    ),
    _controle("contact après une identité", "alternance.py", "if jour < libre_le else", "if False else"),
    _controle(
        "sept jours, pas six", "alternance.py", "seuils.alternance_jours + 1", "seuils.alternance_jours"
    ),
    _controle(
        "égalité à la lettre",
        "decision.py",
        "une.nom_naissance == autre.nom_naissance",
        "cle(une.nom_naissance) == cle(autre.nom_naissance)",
    ),
    _controle(
        "changement risqué d’un vieux dossier", "score.py", "<= seuils.score_agent_anciennete_ans", "< 0 *"
    ),
    Mutation(
        "adresse d’avant", AVIS, "anciennes = [*_electroniques(avant)]", "anciennes = []", TESTS_DES_AVIS
    ),
    Mutation(
        "clé des adresses d’avant", AVIS, "cle = (canal, adresse) in anciennes", "cle = False", TESTS_DES_AVIS
    ),
    Mutation(
        "pas de clé à une adresse nouvelle",
        AVIS,
        "cle = (canal, adresse) in anciennes",
        "cle = True",
        TESTS_DES_AVIS,
    ),
    Mutation("violences", AVIS, "if protegee is not None:", "if False:", TESTS_DES_AVIS),
    Mutation(
        "adresse de qui est parti",
        AVIS,
        "if joignables.est_partage(adresse):\n            continue",
        "if False:\n            continue",
        TESTS_DES_AVIS,
    ),
    Mutation(
        "lettre chez qui est parti", AVIS, "if not joignables.est_partage(p)", "if True", TESTS_DES_AVIS
    ),
    Mutation("pas de clé après un retour", AVIS, "not rendue and (", "(", TESTS_DES_AVIS),
    Mutation(
        "contacts dits à la seule personne",
        AVIS,
        "fait.quoi not in CONTACTS or muette",
        "True",
        TESTS_DES_AVIS,
    ),
    # Through the door of the service: the rule is asked, somebody else decides, the household is told.
    Mutation(
        "la porte du service demande à la règle",
        "sne/registre/controle/rules/plan.py",
        "_sans_les_traits(courante, voulue), proposee=voulue, verdict=verdict",
        "voulue, verdict=verdict",
        A_LA_PORTE,
    ),
    Mutation(
        "la porte du service retient les contacts",
        "sne/registre/modification/actions/revision/preparer.py",
        "permission = _exiger_contact_libre(demande, acte.acteur, demandes, operation)\n",
        "permission = None\n",
        A_LA_PORTE,
    ),
    # Two persons: one asks, another answers, whichever account each of them uses.
    Mutation("quatre yeux", QUI, MEME, "return False", DEUX_COMPTES),
    Mutation("une personne, deux comptes", QUI, MEME, "return qui.id in auteurs", DEUX_COMPTES),
    Mutation(
        "nul ne répond à ce qu’il a demandé",
        REPONDRE,
        "    exiger_autre_personne(acte.acteur, reponse.auteur, sinon=sinon)\n",
        "",
        QUI_RELIT,
    ),
    Mutation("une seule réponse", REPONDRE, "if reponse.est_repondue():", "if False:", QUI_DECIDE),
    Mutation(
        "nul ne décide du changement qu’il a saisi",
        QUI_PEUT,
        "    exiger_autre_personne(acteur, auteur, sinon=LE_SIEN)\n",
        "",
        QUI_DECIDE,
    ),
    Mutation(
        "permettre un contact, une autre personne",
        "sne/registre/controle/possible.py",
        "    exiger_autre_personne(acteur, retenue.identite.auteur, sinon=PAR_UN_TIERS)\n",
        "",
        QUI_PERMET,
    ),
    Mutation(
        "un contact permis, une autre main",
        "sne/registre/modification/actions/revision/preparer.py",
        "if est_de_soi(acteur, permission.decideur):",
        "if False:",
        QUI_PERMET,
    ),
    Mutation(
        "périmètre de qui décide",
        DECIDER,
        "Identite.objects.filter(siennes, id",
        "Identite.objects.filter(id",
        QUI_DECIDE,
    ),
    Mutation("pièces ouvertes", LA_DECISION, "if manque is not None:", "if False:", QUI_DECIDE),
    Mutation("au-dessus du score, le gestionnaire", LA_DECISION, RESERVE, "not RESERVEES_AU_GT", QUI_DECIDE),
    Mutation(
        "contacts changés autour, le gestionnaire",
        LA_DECISION,
        RESERVE,
        "score > seuils.score_ligne_gt or RESERVEES_AU_GT",
        QUI_DECIDE,
    ),
    Mutation(
        "s’opposer fige",
        "sne/registre/avis/actions/s_opposer.py",
        "if fige and not Gel.objects.filter(demande=demande, leve_le=None).exists():",
        "if False:",
        QUI_S_OPPOSE,
    ),
    Mutation(
        "avis du changement",
        "sne/registre/handlers.py",
        "abonner(ABONNE_AUX_CHANGEMENTS, verbes=CHANGENT_QUI_ET_COMMENT_JOINDRE, tache=AVERTIR)",
        "pass",
        AVERTIS,
    ),
    Mutation(
        "une identité validée compte du jour de sa décision",
        "sne/registre/doublons/selectors/requetes.py",
        "i.prenoms_norm, coalesce(z.survenu_le, i.survenu_le) AS depuis",
        "i.prenoms_norm, i.survenu_le AS depuis",
        ("tests/registre/doublons/test_anciens_titulaires.py",),
    ),
    Mutation(
        "une identité validée compte du jour de sa décision, ailleurs aussi",
        "sne/registre/doublons/selectors/requetes.py",
        "                coalesce(z.survenu_le, i.survenu_le) AS depuis",
        "                i.survenu_le AS depuis",
        ("tests/registre/doublons/test_anciens_ailleurs.py",),
    ),
    Mutation(
        "avis d’une identité validée",
        "sne/registre/handlers.py",
        "    VerbeIdentite.VALIDER_IDENTITE,\n",
        "",
        AVERTIS,
    ),
    # Resources: no absence is ever a zero, nor a figure of somebody else shown.
    _ressources(
        "une absence n’est pas gardée comme zéro",
        "stockage",
        "mois.total if isinstance(mois, Montant) else None",
        'getattr(mois, "total", Decimal(0))',
    ),
    _ressources(
        "une absence ne se lit pas comme un montant",
        "stockage",
        "if (lues.montant is not None) != (lues.etat == ETATS[Montant]):",
        "if False:",
    ),
    _ressources(
        "une absence est dite",
        "mots",
        "return _sans_donnee(mois.raison, a, sans_donnee)",
        'return ""',
    ),
    _ressources(
        "une absence n’est pas dite zéro",
        "mots",
        "return _sans_donnee(mois.raison, a, sans_donnee)",
        "return ZERO",
    ),
    _ressources(
        "l’identité demandée est celle en vigueur",
        "montrer",
        "if dernier.empreinte != situation.empreinte:",
        "if False:",
    ),
    _ressources(
        "la réponse d’avant aussi", "montrer", "a.repondu and a.empreinte == situation.empreinte", "a.repondu"
    ),
    _ressources(
        "une identité attend", "montrer", "situation.en_attente or situation.contestee", "situation.contestee"
    ),
    _ressources(
        "une identité contestée",
        "montrer",
        "situation.en_attente or situation.contestee",
        "situation.en_attente",
    ),
    _ressources("un dossier figé", "montrer", "if situation.figee:", "if False:"),
    _ressources(
        "une ressource sans montant", "ecart", "if not montants or None in montants:", "if not montants:"
    ),
    _ressources(
        "FranceConnect seul",
        "portail",
        "if regard.presence.niveau not in (Niveau.FC, Niveau.FC_MOINS):",
        "if False:",
    ),
    _ressources(
        "le demandeur seul", "portail", "None if regard.demandeur else NonEligible.COTITULAIRE", "None"
    ),
    Mutation(
        "la moyenne ne compte pas les absences",
        "sne/connecteurs/drm/rules/mois.py",
        "        elif isinstance(mois, ZeroConfirme):",
        "        else:",
        ("tests/connecteurs/drm/test_mois.py",),
    ),
    Mutation(
        "un mois laissé de côté n’est pas zéro",
        "sne/connecteurs/drm/rules/lecture.py",
        "        return AucuneDonnee(mois, SansDonnee.MOIS_ABSENT)",
        '        return ZeroConfirme(mois, (Ligne("SALAIRE", "DSN", Decimal(0)),))',
        ("tests/connecteurs/drm/test_lecture.py",),
    ),
    Mutation(
        "une absence est une case vide",
        "sne/guichet/ressources/presentation.py",
        "None if colonnes.montant is None else float(colonnes.montant)",
        "float(colonnes.montant or 0)",
        ("tests/guichet/test_ressources.py",),
    ),
    Mutation(
        "la lecture d’un montant est dite au ménage",
        "sne/registre/ressources/actions/lire.py",
        "if connues.chiffrees:",
        "if False:",
        ("tests/registre/ressources/test_ressources.py",),
    ),
    Mutation(
        "une adresse ne sort pas avant les motifs",
        "sne/registre/joindre/rules/secret.py",
        "return muette or est_secrete(contenu, dite=dite)",
        "return est_secrete(contenu, dite=dite)",
        ("tests/registre/verification/test_nuit.py",),
    ),
    Mutation(
        "rien n’est cherché pour qui prend une demande",
        "sne/registre/ressources/rules/montrer.py",
        "return not reponses and all(appel.empreinte == empreinte for appel in appels)",
        "return not reponses",
        ("tests/registre/ressources/test_suites.py",),
    ),
    Mutation(
        "l’entrée est celle de la demande",
        "sne/journal/gardes.sql",
        "WHERE demande = (ligne ->> 'demande_id')::uuid AND inscrit_le",
        "WHERE inscrit_le",
        ("tests/registre/ressources/test_ressources.py",),
    ),
    Mutation(
        "une clé révoquée n’ouvre plus",
        "sne/conventions/selectors/appelants.py",
        'if cle["revoquee_le"] is not None or fin <= le:',
        "if fin <= le:",
        ("tests/conventions/test_appels.py",),
    ),
    Mutation(
        "les portées bornent les droits",
        "sne/conventions/actions/appels.py",
        "permises = mandat.permissions & permissions_de(identite.portees)",
        "permises = mandat.permissions",
        ("tests/conventions/test_appels.py",),
    ),
    Mutation(
        "une clé d’un service est refusée par l’autre",
        "sne/conventions/selectors/appelants.py",
        "if lue.environnement is not environnement():",
        "if False:",
        ("tests/conventions/test_appels.py",),
    ),
    Mutation(
        "une clé d’idempotence tenue avec l’appel est rendue quoi qu’il en soit",
        "sne/api/porte.py",
        "request.pile.callback(rendre_cle, tenue)",
        "pass",
        ("tests/api/test_une_seule_fois.py",),
    ),
    Mutation(
        "le flux d’un autre territoire n’existe pas",
        "sne/flux/policies.py",
        "return territoires is None or territoire in territoires",
        "return True",
        ("tests/api/test_flux.py",),
    ),
    Mutation(
        "chaque ligne du flux tient à celles d’avant",
        "sne/flux/rules/lignes.py",
        "return sha256(tete + ligne.canonique().encode()).digest()",
        "return sha256(ligne.canonique().encode()).digest()",
        ("tests/flux/test_rules.py",),
    ),
    Mutation(
        "une machine privée n’est pas appelée",
        "sne/flux/appel.py",
        "if not ips or not all(est_appelable(ip, locale=settings.DEMONSTRATION) for ip in ips):",
        "if not ips:",
        ("tests/flux/test_abonnements.py",),
    ),
    Mutation(
        "un lot n’est pas envoyé deux fois",
        "sne/registre/ressources/tasks.py",
        "if suivi.valeur is EtatLot.INCONNU:",
        "if lot.depose_le is None:",
        ("tests/registre/ressources/test_lots.py",),
    ),
)
