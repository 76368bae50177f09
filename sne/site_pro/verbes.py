"""What is decided of the site."""

from sne.journal.rules import Silence, Verbe


class VerbeSite(Verbe):
    """Kinds of act."""

    SOUMETTRE_PAGE = "SOUMETTRE_PAGE", "Page du site soumise", Silence.SANS_DEMANDE
    DECIDER_PAGE = "DECIDER_PAGE", "Page du site publiée, renvoyée ou reprise", Silence.SANS_DEMANDE
    RETIRER_PAGE = "RETIRER_PAGE", "Page du site retirée", Silence.SANS_DEMANDE
    VERIFIER_PAGE = "VERIFIER_PAGE", "Page du site relue, toujours juste", Silence.SANS_DEMANDE
    DEPLACER_PAGE = "DEPLACER_PAGE", "Page du site déplacée, confiée ou réglée", Silence.SANS_DEMANDE
