"""The tables of attestations, as its models say them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registre', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('revision', models.IntegerField(verbose_name='révision de la demande dont elle dit l’état')),
                ('modele', models.CharField(max_length=16, verbose_name='modèle')),
                ('modele_version', models.SmallIntegerField(verbose_name='version du modèle')),
                ('moteur', models.CharField(max_length=40, verbose_name='logiciel de composition')),
                ('reference', models.CharField(max_length=12, unique=True, verbose_name='référence')),
                ('donnees', models.JSONField(verbose_name='tout ce qui est imprimé')),
                ('empreinte', models.BinaryField(max_length=32, verbose_name='SHA-256 du fichier')),
                ('date_delivrance', models.DateField(verbose_name='date de délivrance')),
                ('date_expiration', models.DateField(verbose_name='date d’expiration')),
                ('origine', models.UUIDField(null=True, unique=True, verbose_name='entrée de journal qui l’a fait émettre')),
                ('emise_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('canal', models.CharField(max_length=10)),
                ('guichet', models.CharField(db_default='', max_length=5, verbose_name='guichet qui la remet')),
                ('canal_prevu', models.CharField(db_default='GUICHET', max_length=10, verbose_name='comment elle doit être remise')),
                ('survenu_le', models.DateTimeField(verbose_name='émise le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('demande', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registre.demande')),
                ('remplace', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remplacante', to='attestations.attestation')),
            ],
            options={
                'db_table': 'attestation',
                'indexes': [models.Index(fields=['demande', 'modele', '-survenu_le'], name='attestation_de_demande'), models.Index(fields=['territoire', 'guichet', '-survenu_le', '-id'], name='attestation_registre'), models.Index(fields=['territoire', '-survenu_le', '-id'], name='attestation_territoire')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('remplace', None)), fields=('demande', 'modele'), name='attestation_premiere'), models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='attestation_revision')],
            },
        ),
        migrations.CreateModel(
            name='AttestationARemettre',
            fields=[
                ('attestation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='a_remettre', serialize=False, to='attestations.attestation')),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(max_length=5)),
                ('canal_prevu', models.CharField(max_length=10, verbose_name='comment elle doit être remise')),
                ('survenu_le', models.DateTimeField(verbose_name='depuis le')),
            ],
            options={
                'db_table': 'attestation_a_remettre',
                'indexes': [models.Index(fields=['territoire', 'guichet', 'survenu_le', 'attestation'], name='a_remettre_guichet'), models.Index(fields=['territoire', 'survenu_le', 'attestation'], name='a_remettre_territoire')],
            },
        ),
        migrations.CreateModel(
            name='AttestationATraiter',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('revision', models.IntegerField(verbose_name='révision de la demande')),
                ('nud', models.CharField(max_length=18, verbose_name='numéro unique')),
                ('modele', models.CharField(max_length=16, verbose_name='modèle')),
                ('motif', models.CharField(max_length=20, verbose_name='motif')),
                ('origine', models.UUIDField(null=True, verbose_name='entrée de journal qui l’a fait émettre')),
                ('survenu_le', models.DateTimeField(verbose_name='depuis le')),
                ('traitee_le', models.DateTimeField(null=True, verbose_name='traitée le')),
                ('traitee_par', models.JSONField(null=True, verbose_name='traitée par')),
                ('suite', models.CharField(blank=True, max_length=300, verbose_name='suite donnée')),
                ('demande', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registre.demande')),
            ],
            options={
                'db_table': 'attestation_a_traiter',
                'indexes': [models.Index(condition=models.Q(('traitee_le', None)), fields=['territoire', 'survenu_le'], name='attestation_file_d_attente')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('traitee_le', None)), fields=('demande', 'modele'), name='attestation_a_traiter_ouverte'), models.CheckConstraint(condition=models.Q(models.Q(('suite', ''), ('traitee_le', None), ('traitee_par', None)), models.Q(('traitee_le__isnull', False), ('traitee_par__isnull', False), models.Q(('suite', ''), _negated=True)), _connector='OR'), name='attestation_a_traiter_qui_et_quand')],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('jour', models.DateField(verbose_name='date imprimée')),
                ('version', models.SmallIntegerField(verbose_name='version du modèle de lot')),
                ('moteur', models.CharField(max_length=40, verbose_name='logiciel de composition')),
                ('empreinte', models.BinaryField(max_length=32, verbose_name='SHA-256 du fichier')),
                ('nombre', models.SmallIntegerField()),
                ('imprime_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('auteur', models.UUIDField()),
                ('survenu_le', models.DateTimeField(verbose_name='imprimé le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'attestation_lot',
                'constraints': [models.CheckConstraint(condition=models.Q(('nombre__gte', 1)), name='attestation_lot_nombre')],
            },
        ),
        migrations.CreateModel(
            name='PartDeLot',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('rang', models.SmallIntegerField()),
                ('revision', models.IntegerField(verbose_name='révision de la demande')),
                ('empreinte', models.BinaryField(max_length=32, verbose_name='SHA-256 de ce qui est imprimé')),
                ('attestation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attestations.attestation')),
                ('demande', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registre.demande')),
                ('lot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='attestations.lot')),
            ],
            options={
                'db_table': 'attestation_part_de_lot',
                'constraints': [models.UniqueConstraint(fields=('lot', 'rang'), name='part_de_lot_rang'), models.UniqueConstraint(fields=('lot', 'attestation'), name='part_de_lot_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='Remise',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('revision', models.IntegerField(verbose_name='révision de la demande')),
                ('canal', models.CharField(max_length=10, verbose_name='comment')),
                ('guichet', models.CharField(blank=True, max_length=5)),
                ('remise_par', models.JSONField(verbose_name='auteur, tel qu’il était')),
                ('survenu_le', models.DateTimeField(verbose_name='remise le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('attestation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remises', to='attestations.attestation')),
                ('demande', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registre.demande')),
                ('lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remises', to='attestations.lot')),
            ],
            options={
                'db_table': 'attestation_remise',
                'constraints': [models.CheckConstraint(condition=models.Q(('canal__in', ['GUICHET', 'COURRIEL', 'COURRIER'])), name='attestation_remise_canal')],
            },
        ),
    ]
