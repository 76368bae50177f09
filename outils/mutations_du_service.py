"""The clauses of what runs the service (dated parameters, second factors) that ``outils/muter.py`` takes out."""

from outils.mutations import Mutation

LES_PARAMETRES = ("tests/reglages/test_reglages.py",)
LES_APPAREILS = ("tests/habilitations/test_appareils.py",)
MUTATIONS_DU_SERVICE: tuple[Mutation, ...] = (
    Mutation(
        "un paramètre, une autre personne",
        "sne/reglages/possible.py",
        "    exiger_autre_personne(acteur, proposee.auteur, sinon=DE_SOI)\n",
        "",
        LES_PARAMETRES,
    ),
    Mutation(
        "un paramètre, un jour à venir",
        "sne/reglages/rules/propositions.py",
        "if debut <= le:",
        "if debut < le:",
        LES_PARAMETRES,
    ),
    Mutation(
        "un paramètre accepté tient encore avec les autres",
        "sne/reglages/possible.py",
        "    exiger_en_vigueur(proposee.code, proposee.valeur, debut=proposee.debut, le=le)\n",
        "",
        LES_PARAMETRES,
    ),
    Mutation(
        "un paramètre tient avec ceux qui changent plus tard",
        "sne/reglages/rules/valeurs.py",
        "for jour in _jours(proposee, siennes):",
        "for jour in _jours(proposee, siennes)[:1]:",
        ("tests/reglages/test_valeurs.py",),
    ),
    Mutation(
        "une proposition se retire par qui l’a faite",
        "sne/reglages/possible.py",
        "    exiger_meme_personne(acteur, proposee.auteur, sinon=D_UN_AUTRE)\n",
        "",
        LES_PARAMETRES,
    ),
    Mutation(
        "un second facteur chiffré",
        "sne/habilitations/models/appareils.py",
        "if self._state.adding:",
        "if False:",
        LES_APPAREILS,
    ),
    Mutation(
        "un second facteur lié à son compte",
        "sne/habilitations/models/appareils.py",
        'return b"second_facteur:" + bytes(appareil.user_id.bytes)',
        'return b"second_facteur:"',
        LES_APPAREILS,
    ),
)
