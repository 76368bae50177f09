"""The tables of documents, as its models say them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.documents.rules.etats
import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('etat', models.CharField(max_length=12, verbose_name='état')),
                ('empreinte', models.BinaryField(max_length=32, null=True, verbose_name='SHA-256 du fichier reçu')),
                ('nom', models.BinaryField(null=True, verbose_name='nom du fichier, chiffré')),
                ('mime', models.CharField(blank=True, max_length=30, verbose_name='type')),
                ('taille', models.BigIntegerField(default=0, verbose_name='octets reçus')),
                ('nombre_pages', models.IntegerField(default=0, verbose_name='pages')),
                ('recu_le', models.DateTimeField(verbose_name='reçu le')),
                ('rattache_le', models.DateTimeField(null=True, verbose_name='rattaché le')),
                ('antivirus_le', models.DateTimeField(null=True, verbose_name='contrôlé par l’antivirus le')),
                ('essaye_le', models.DateTimeField(null=True, verbose_name='demandé en vain à l’antivirus le')),
                ('efface_le', models.DateTimeField(null=True, verbose_name='effacement demandé le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'document',
                'indexes': [models.Index(condition=models.Q(('etat__in', [sne.documents.rules.etats.EtatDocument['RECEPTION'], sne.documents.rules.etats.EtatDocument['QUARANTAINE']])), fields=['etat', 'recu_le', 'id'], name='document_en_cours'), models.Index(condition=models.Q(('efface_le', None), ('rattache_le', None)), fields=['recu_le', 'id'], name='document_sans_attache')],
                'constraints': [models.CheckConstraint(condition=models.Q(('etat__in', ['RECEPTION', 'QUARANTAINE', 'DISPONIBLE', 'INFECTE', 'EFFACE'])), name='document_etat'), models.CheckConstraint(condition=models.Q(models.Q(('efface_le__isnull', False), ('etat', sne.documents.rules.etats.EtatDocument['EFFACE'])), models.Q(models.Q(('etat', sne.documents.rules.etats.EtatDocument['EFFACE']), _negated=True), ('efface_le', None)), _connector='OR'), name='document_efface_le'), models.CheckConstraint(condition=models.Q(models.Q(('etat', sne.documents.rules.etats.EtatDocument['DISPONIBLE']), _negated=True), ('antivirus_le__isnull', False), _connector='OR'), name='document_disponible_controle')],
            },
        ),
        migrations.CreateModel(
            name='Objet',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('empreinte', models.BinaryField(max_length=32, verbose_name='empreinte du contenu, à clé')),
                ('adresse', models.CharField(max_length=90, unique=True, verbose_name='adresse dans le magasin')),
                ('magasin', models.CharField(max_length=6)),
                ('copie', models.CharField(blank=True, max_length=6, verbose_name='magasin où il est en cours de copie')),
                ('taille', models.BigIntegerField(verbose_name='octets en clair')),
                ('cle', models.BinaryField(verbose_name='clé de l’objet, chiffrée')),
                ('cle_version', models.SmallIntegerField(verbose_name='version de la clé du territoire')),
                ('pose_le', models.DateTimeField(null=True, verbose_name='posé le')),
                ('efface_le', models.DateTimeField(null=True, verbose_name='à effacer depuis le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'db_table': 'document_objet',
                'indexes': [models.Index(condition=models.Q(('efface_le', None), _negated=True), fields=['id'], name='objet_a_effacer'), models.Index(fields=['cle_version', 'id'], name='objet_cle_version'), models.Index(fields=['magasin', 'id'], name='objet_de_magasin')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('efface_le', None)), fields=('territoire', 'empreinte'), name='objet_contenu_une_fois'), models.CheckConstraint(condition=models.Q(('magasin__in', ['disque', 's3'])), name='objet_magasin')],
            },
        ),
        migrations.CreateModel(
            name='Televersement',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('proprietaire', models.CharField(max_length=80, verbose_name='qui l’envoie')),
                ('objet', models.CharField(max_length=80, verbose_name='ce à quoi il est destiné')),
                ('nom', models.BinaryField(verbose_name='nom du fichier, chiffré')),
                ('taille', models.BigIntegerField(verbose_name='octets annoncés')),
                ('recu', models.BigIntegerField(default=0, verbose_name='octets reçus')),
                ('duree', models.DurationField(verbose_name='silence permis')),
                ('expire_le', models.DateTimeField(verbose_name='oublié après le')),
                ('refus', models.TextField(blank=True, verbose_name='pourquoi il est refusé')),
                ('conclu_le', models.DateTimeField(null=True, verbose_name='conclu le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
            ],
            options={
                'db_table': 'televersement',
                'indexes': [models.Index(fields=['territoire', 'proprietaire', 'objet', 'id'], name='televersement_de_qui'), models.Index(fields=['expire_le', 'id'], name='televersement_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('recu__gte', 0), ('recu__lte', models.F('taille')), ('taille__gt', 0)), name='televersement_borne'), models.CheckConstraint(condition=models.Q(models.Q(('conclu_le', None), ('document', None), ('refus', '')), models.Q(('conclu_le__isnull', False), ('document__isnull', False), ('recu', models.F('taille')), ('refus', '')), models.Q(('conclu_le__isnull', False), ('document', None), ('recu', models.F('taille')), models.Q(('refus', ''), _negated=True)), _connector='OR'), name='televersement_conclu')],
            },
        ),
        migrations.CreateModel(
            name='Morceau',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('debut', models.BigIntegerField(verbose_name='premier octet')),
                ('taille', models.IntegerField(verbose_name='octets')),
                ('compte_le', models.DateTimeField(null=True, verbose_name='compté le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('objet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='morceaux', to='documents.objet')),
                ('televersement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='morceaux', to='documents.televersement')),
            ],
            options={
                'db_table': 'televersement_morceau',
                'indexes': [models.Index(fields=['televersement', 'debut'], name='morceau_dans_l_ordre')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('compte_le__isnull', False)), fields=('televersement', 'debut'), name='morceau_compte_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='Partie',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('part', models.CharField(max_length=8)),
                ('rang', models.SmallIntegerField(default=0)),
                ('mime', models.CharField(max_length=30, verbose_name='type')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='documents.document')),
                ('objet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='documents.objet')),
            ],
            options={
                'db_table': 'document_partie',
                'constraints': [models.UniqueConstraint(fields=('document', 'part', 'rang'), name='partie_une_fois'), models.CheckConstraint(condition=models.Q(('part__in', ['ORIGINAL', 'RECU', 'PAGE', 'VIGNETTE', 'TEXTE', 'AIDES'])), name='partie_connue')],
            },
        ),
    ]
