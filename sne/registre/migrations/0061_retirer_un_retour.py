"""A request that a demande be put back may be taken back by whoever asked, once, before any answer."""

from django.db import migrations, models
from django.db.models import F, Q

GARDES = """
DROP TRIGGER journalise_le_refus ON decision_restauration;
CREATE CONSTRAINT TRIGGER journalise_le_refus AFTER INSERT ON decision_restauration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.issue NOT IN ('ACCEPTEE', 'RETIREE'))
    EXECUTE FUNCTION registre_exiger_entree_nommant('REFUSER_RESTAURATION', 'restauration');
CREATE CONSTRAINT TRIGGER journalise_le_retrait AFTER INSERT ON decision_restauration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.issue = 'RETIREE')
    EXECUTE FUNCTION registre_exiger_entree_nommant('RETIRER_RESTAURATION', 'restauration');
"""
CONTRAINTES = {
    "decision_restauration_quatre_yeux": Q(issue="RETIREE") | ~Q(auteur=F("decideur")),
    "decision_restauration_deux_personnes": Q(issue="RETIREE", personne_auteur=F("personne_decideur"))
    | ~Q(issue="RETIREE") & ~Q(personne_auteur=F("personne_decideur")),
    "decision_restauration_issue": Q(issue="ACCEPTEE")
    | Q(issue="REFUSEE", nouvelle=None) & ~Q(motif="")
    | Q(issue="RETIREE", nouvelle=None),
}


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0060_dernier_score"),
    ]

    operations = [
        *[migrations.RemoveConstraint("decisionrestauration", nom) for nom in CONTRAINTES],
        *[
            migrations.AddConstraint(
                "decisionrestauration", models.CheckConstraint(condition=condition, name=nom)
            )
            for nom, condition in CONTRAINTES.items()
        ],
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
