"""Whoever answers is another person than whoever asked, whatever accounts they hold, in every table of two persons."""

from django.db import migrations, models
from django.db.models import F, Q

GARDES = """
CREATE TRIGGER personnes BEFORE INSERT ON decision_anteriorite
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_personnes();
CREATE TRIGGER personnes BEFORE INSERT ON decision_separation
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_personnes();

-- Asked, then answered on the same row: who they are is read again when the answer is written.
CREATE TRIGGER personnes BEFORE INSERT OR UPDATE OF decideur ON levee_gel
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_personnes();
CREATE TRIGGER personnes BEFORE INSERT OR UPDATE OF decideur ON cas_doublon
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_personnes();
CREATE TRIGGER personnes BEFORE INSERT OR UPDATE OF decideur ON dossier_enquete
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_personnes();

CREATE FUNCTION registre_nommer_les_lecteurs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.personne_premier := compte_personne(NEW.premier);
    NEW.personne_relecteur := compte_personne(NEW.relecteur);
    RETURN NEW;
END $$;
CREATE TRIGGER personnes BEFORE INSERT ON relecture_identite
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_lecteurs();
"""
DE_QUI_DECIDE = (
    "decisionanteriorite",
    "decisionseparation",
    "leveegel",
    "casdoublon",
    "dossierenquete",
)


def personne(modele: str, nom: str) -> migrations.AddField:
    return migrations.AddField(modele, f"personne_{nom}", models.UUIDField(editable=False, null=True))


def deux(modele: str, nom: str, condition: Q) -> migrations.AddConstraint:
    return migrations.AddConstraint(modele, models.CheckConstraint(condition=condition, name=nom))


DIFFERENTES = ~Q(personne_auteur=F("personne_decideur"))


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0053_mois_des_guichets"),
    ]

    operations = [
        *[personne(modele, nom) for modele in DE_QUI_DECIDE for nom in ("auteur", "decideur")],
        *[personne("relectureidentite", nom) for nom in ("premier", "relecteur")],
        deux("decisionanteriorite", "decision_anteriorite_deux_personnes", DIFFERENTES),
        deux("decisionseparation", "decision_separation_deux_personnes", DIFFERENTES),
        deux("leveegel", "levee_gel_deux_personnes", Q(decideur=None) | DIFFERENTES),
        deux("casdoublon", "cas_doublon_deux_personnes", Q(decideur=None) | DIFFERENTES),
        deux(
            "dossierenquete",
            "dossier_enquete_deux_personnes",
            Q(decideur=None) | ~Q(origine="ANCIENNE_IDENTITE") | DIFFERENTES,
        ),
        deux(
            "relectureidentite",
            "relecture_identite_deux_personnes",
            ~Q(personne_premier=F("personne_relecteur")),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
