"""Tables of the register."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.fonctions
import sne.socle.identifiants


class Migration(migrations.Migration):
    initial = True

    dependencies = [("socle", "0001_fonctions")]

    operations = [
        migrations.CreateModel(
            name="Demande",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("nud", models.CharField(max_length=18, verbose_name="numéro unique")),
                ("statut", models.CharField(max_length=12)),
                ("canal", models.CharField(max_length=10)),
                ("guichet_createur", models.CharField(max_length=5)),
                ("guichet_gestionnaire", models.CharField(max_length=5)),
                ("date_depot", models.DateField(verbose_name="date de dépôt initial")),
                ("date_enregistrement", models.DateField()),
                ("date_dernier_renouvellement", models.DateField(null=True)),
                ("date_expiration", models.DateField()),
                ("revision", models.IntegerField(default=1)),
                ("titulaire", models.CharField(max_length=12)),
                ("nb_personnes", models.SmallIntegerField()),
                (
                    "communes_souhaitees",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5)),
                ),
                (
                    "types_logement",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6)),
                ),
                ("categorie_logement", models.CharField(max_length=6)),
                ("accepte_autres_communes", models.BooleanField()),
                ("loyer_maximum", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ("rfr_reference", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ("deja_locataire_hlm", models.BooleanField()),
            ],
            options={
                "db_table": "demande",
            },
        ),
        migrations.CreateModel(
            name="Brouillon",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("guichet", models.CharField(max_length=5)),
                ("auteur", models.UUIDField()),
                ("donnees", models.BinaryField()),
                ("ouvert_le", models.DateTimeField()),
                ("maj_le", models.DateTimeField()),
            ],
            options={
                "db_table": "brouillon",
                "indexes": [models.Index(fields=["auteur", "-maj_le"], name="brouillon_auteur")],
            },
        ),
        migrations.CreateModel(
            name="Identite",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("civilite", models.CharField(max_length=6)),
                ("nom_naissance", models.CharField(max_length=100)),
                ("nom_usage", models.CharField(blank=True, max_length=100)),
                ("prenoms", models.CharField(max_length=100)),
                ("date_naissance", models.DateField()),
                ("date_naissance_presumee", models.BooleanField(default=False)),
                ("naissance_commune", models.CharField(blank=True, max_length=5)),
                ("naissance_pays", models.CharField(blank=True, max_length=5)),
                ("nationalite", models.CharField(max_length=6)),
                ("nir_etat", models.CharField(blank=True, max_length=10)),
                ("nir_empreinte", models.BinaryField(max_length=32, null=True)),
                ("voie", models.CharField(max_length=11)),
                ("retrait", models.BooleanField(default=False)),
                ("auteur", models.UUIDField()),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "nom_norm",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sne.socle.fonctions.Normalise("nom_naissance"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "usage_norm",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sne.socle.fonctions.Normalise("nom_usage"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "prenoms_norm",
                    models.GeneratedField(
                        db_persist=True,
                        expression=sne.socle.fonctions.Normalise("prenoms"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
            ],
            options={
                "db_table": "identite",
            },
        ),
        migrations.CreateModel(
            name="Personne",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("role", models.CharField(max_length=11)),
                ("rang", models.SmallIntegerField()),
                ("courriel", models.CharField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=20)),
                ("retire_le", models.DateTimeField(null=True)),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="personnes",
                        to="registre.demande",
                    ),
                ),
                (
                    "identite_courante",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.identite",
                    ),
                ),
            ],
            options={
                "db_table": "personne",
            },
        ),
        migrations.AddField(
            model_name="identite",
            name="personne",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="identites", to="registre.personne"
            ),
        ),
        migrations.CreateModel(
            name="PlaceOuverte",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("nir_empreinte", models.BinaryField(max_length=32)),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
            ],
            options={
                "db_table": "place_ouverte",
            },
        ),
        migrations.CreateModel(
            name="RequeteAnteriorite",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("date_demandee", models.DateField()),
                ("motif", models.CharField(max_length=300)),
                ("auteur", models.UUIDField()),
                ("guichet", models.CharField(max_length=5)),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requetes_anteriorite",
                        to="registre.demande",
                    ),
                ),
            ],
            options={
                "db_table": "requete_anteriorite",
            },
        ),
        migrations.CreateModel(
            name="SecretNir",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("nir_empreinte", models.BinaryField(max_length=32)),
                ("chiffre", models.BinaryField()),
                (
                    "personne",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secrets_nir",
                        to="registre.personne",
                    ),
                ),
            ],
            options={
                "db_table": "secret_nir",
            },
        ),
        migrations.CreateModel(
            name="TitreAnciennete",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("date_depot", models.DateField()),
                ("acte", models.CharField(max_length=12)),
                ("auteur", models.UUIDField()),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="titres",
                        to="registre.demande",
                    ),
                ),
                (
                    "personne",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.personne",
                    ),
                ),
                (
                    "precedent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.titreanciennete",
                    ),
                ),
            ],
            options={
                "db_table": "titre_anciennete",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("numero", models.IntegerField()),
                ("statut", models.CharField(max_length=12)),
                ("date_depot", models.DateField()),
                ("date_dernier_renouvellement", models.DateField(null=True)),
                ("date_expiration", models.DateField()),
                ("guichet_gestionnaire", models.CharField(max_length=5)),
                ("contenu", models.JSONField()),
                ("contenu_protege", models.JSONField(null=True)),
                ("identites", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField())),
                (
                    "pieces",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list),
                ),
                ("piece_vue", models.JSONField(null=True)),
                ("schema", models.SmallIntegerField()),
                ("motif", models.CharField(blank=True, max_length=300)),
                ("auteur", models.UUIDField()),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="registre.demande",
                    ),
                ),
            ],
            options={
                "db_table": "version",
            },
        ),
        migrations.AddField(
            model_name="demande",
            name="version_courante",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.version",
            ),
        ),
        migrations.CreateModel(
            name="DecisionIdentite",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("auteur", models.UUIDField()),
                ("decideur", models.UUIDField()),
                ("issue", models.CharField(max_length=12)),
                ("motif", models.CharField(blank=True, max_length=300)),
                (
                    "pieces",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list),
                ),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
                (
                    "identite",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="registre.identite",
                    ),
                ),
            ],
            options={
                "db_table": "decision_identite",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("auteur", models.F("decideur")), _negated=True),
                        name="decision_quatre_yeux",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="personne",
            index=models.Index(
                condition=models.Q(("telephone", ""), _negated=True),
                fields=["territoire", "telephone"],
                name="personne_tel",
            ),
        ),
        migrations.AddIndex(
            model_name="personne",
            index=models.Index(
                condition=models.Q(("courriel", ""), _negated=True),
                fields=["territoire", "courriel"],
                name="personne_courriel",
            ),
        ),
        migrations.AddIndex(
            model_name="identite",
            index=models.Index(fields=["territoire", "nom_norm", "prenoms_norm"], name="identite_nom"),
        ),
        migrations.AddIndex(
            model_name="identite",
            index=models.Index(fields=["territoire", "date_naissance"], name="identite_naissance"),
        ),
        migrations.AddIndex(
            model_name="identite",
            index=models.Index(
                condition=models.Q(("nir_empreinte__isnull", False)),
                fields=["territoire", "nir_empreinte"],
                name="identite_nir",
            ),
        ),
        migrations.AddIndex(
            model_name="identite",
            index=models.Index(
                condition=models.Q(("voie", "CONTROLE")), fields=["demande"], name="identite_en_controle"
            ),
        ),
        migrations.AddConstraint(
            model_name="placeouverte",
            constraint=models.UniqueConstraint(fields=("territoire", "nir_empreinte"), name="place_unique"),
        ),
        migrations.AddConstraint(
            model_name="secretnir",
            constraint=models.UniqueConstraint(
                fields=("personne", "nir_empreinte"), name="secret_nir_unique"
            ),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["demande", "-survenu_le", "-numero"], name="version_instant"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("demande", "numero"), name="version_numero"),
        ),
        migrations.AddIndex(
            model_name="demande",
            index=models.Index(
                fields=["territoire", "guichet_gestionnaire", "statut", "date_depot"],
                name="demande_par_guichet",
            ),
        ),
        migrations.AddIndex(
            model_name="demande",
            index=models.Index(fields=["territoire", "statut", "date_expiration"], name="demande_echeance"),
        ),
        migrations.AddConstraint(
            model_name="demande",
            constraint=models.UniqueConstraint(fields=("territoire", "nud"), name="demande_nud"),
        ),
        migrations.AddConstraint(
            model_name="demande",
            constraint=models.CheckConstraint(
                condition=models.Q(("revision__gte", 1)), name="demande_revision"
            ),
        ),
    ]
