"""The tables of notifications, as its models say them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('genre', models.CharField(max_length=30)),
                ('destinataire', models.BinaryField(null=True, verbose_name='adresse, chiffrée')),
                ('empreinte', models.BinaryField(max_length=32, verbose_name='empreinte de l’adresse')),
                ('contexte', models.BinaryField(null=True, verbose_name='valeurs du texte, chiffrées')),
                ('piece', models.CharField(blank=True, max_length=80, verbose_name='pièce jointe')),
                ('entree', models.UUIDField(unique=True, verbose_name='entrée de journal qui l’a préparé')),
                ('etat', models.CharField(max_length=10, verbose_name='état')),
                ('essais', models.SmallIntegerField(default=0)),
                ('limite_echecs', models.SmallIntegerField(verbose_name='échecs temporaires qui valent un refus')),
                ('limite_heures', models.SmallIntegerField(verbose_name='sur combien d’heures')),
                ('engage_le', models.DateTimeField(null=True, verbose_name='essai commencé')),
                ('prochain_essai_le', models.DateTimeField(null=True)),
                ('survenu_le', models.DateTimeField(verbose_name='préparé le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('demande', models.UUIDField()),
                ('revision', models.IntegerField(null=True, verbose_name='révision de la demande dont il parle')),
                ('nud', models.CharField(max_length=18, verbose_name='numéro unique')),
                ('canal', models.CharField(max_length=8)),
                ('langue', models.CharField(default='fr', max_length=2)),
                ('secours', models.BinaryField(null=True, verbose_name='adresse postale si l’envoi échoue, chiffrée')),
                ('origine', models.UUIDField(verbose_name='entrée de journal qui l’a demandé')),
                ('depot', models.UUIDField(null=True, verbose_name='dépôt d’impression')),
                ('remplace', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remplacant', to='notifications.message')),
            ],
            options={
                'db_table': 'message',
                'indexes': [models.Index(fields=['territoire', 'demande', '-survenu_le', '-id'], name='message_de_demande'), models.Index(condition=models.Q(('prochain_essai_le__isnull', False)), fields=['canal', 'prochain_essai_le'], name='message_a_envoyer')],
                'constraints': [models.UniqueConstraint(fields=('territoire', 'origine', 'genre', 'canal', 'empreinte'), name='message_une_fois'), models.CheckConstraint(condition=models.Q(('canal__in', ['COURRIEL', 'SMS', 'LETTRE'])), name='message_canal'), models.CheckConstraint(condition=models.Q(('etat__in', ['A_ENVOYER', 'ENVOYE', 'DIFFERE', 'DELIVRE', 'REJETE'])), name='message_etat'), models.CheckConstraint(condition=models.Q(('langue__in', ['fr', 'en', 'ar', 'pt', 'uk', 'tr'])), name='message_langue')],
            },
        ),
        migrations.CreateModel(
            name='MessageAEffacer',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False, verbose_name='le message')),
                ('territoire', models.CharField(max_length=3)),
                ('demande', models.UUIDField()),
                ('canal', models.CharField(max_length=8)),
                ('depot', models.UUIDField(null=True, verbose_name='dépôt d’impression')),
                ('demande_le', models.DateTimeField(verbose_name='effacement demandé le')),
                ('efface_le', models.DateTimeField(null=True)),
                ('fichiers', models.SmallIntegerField(null=True, verbose_name='fichiers effacés')),
            ],
            options={
                'db_table': 'message_a_effacer',
                'indexes': [models.Index(condition=models.Q(('efface_le', None)), fields=['demande_le'], name='message_a_effacer_reste'), models.Index(fields=['demande'], name='message_a_effacer_demande')],
            },
        ),
        migrations.CreateModel(
            name='MessageAgent',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('genre', models.CharField(max_length=30)),
                ('destinataire', models.BinaryField(null=True, verbose_name='adresse, chiffrée')),
                ('empreinte', models.BinaryField(max_length=32, verbose_name='empreinte de l’adresse')),
                ('contexte', models.BinaryField(null=True, verbose_name='valeurs du texte, chiffrées')),
                ('piece', models.CharField(blank=True, max_length=80, verbose_name='pièce jointe')),
                ('entree', models.UUIDField(unique=True, verbose_name='entrée de journal qui l’a préparé')),
                ('etat', models.CharField(max_length=10, verbose_name='état')),
                ('essais', models.SmallIntegerField(default=0)),
                ('limite_echecs', models.SmallIntegerField(verbose_name='échecs temporaires qui valent un refus')),
                ('limite_heures', models.SmallIntegerField(verbose_name='sur combien d’heures')),
                ('engage_le', models.DateTimeField(null=True, verbose_name='essai commencé')),
                ('prochain_essai_le', models.DateTimeField(null=True)),
                ('survenu_le', models.DateTimeField(verbose_name='préparé le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('compte', models.UUIDField(null=True, verbose_name='compte')),
                ('origine', models.CharField(max_length=120, verbose_name='ce qui l’a demandé')),
            ],
            options={
                'db_table': 'message_agent',
                'indexes': [models.Index(condition=models.Q(('prochain_essai_le__isnull', False)), fields=['prochain_essai_le'], name='message_agent_a_envoyer'), models.Index(fields=['survenu_le'], name='message_agent_age')],
                'constraints': [models.UniqueConstraint(fields=('territoire', 'origine', 'genre', 'empreinte'), name='message_agent_une_fois'), models.CheckConstraint(condition=models.Q(('etat__in', ['A_ENVOYER', 'ENVOYE', 'DIFFERE', 'DELIVRE', 'REJETE'])), name='message_agent_etat'), models.CheckConstraint(condition=models.Q(('origine', ''), _negated=True), name='message_agent_origine')],
            },
        ),
        migrations.CreateModel(
            name='Tentative',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('entree', models.UUIDField(unique=True, verbose_name='entrée de journal qui la dit')),
                ('issue', models.CharField(max_length=12)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('texte', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(blank=True, max_length=64, verbose_name='empreinte du retour')),
                ('survenu_le', models.DateTimeField(verbose_name='le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tentatives', to='notifications.message')),
            ],
            options={
                'db_table': 'message_tentative',
                'indexes': [models.Index(fields=['message', 'survenu_le', 'id'], name='tentative_de_message')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('message', 'source'), name='tentative_retour_une_fois')],
            },
        ),
        migrations.CreateModel(
            name='TentativeAgent',
            fields=[
                ('id', models.UUIDField(default=sne.socle.identifiants.uuid7, editable=False, primary_key=True, serialize=False)),
                ('territoire', models.CharField(max_length=3)),
                ('entree', models.UUIDField(unique=True, verbose_name='entrée de journal qui la dit')),
                ('issue', models.CharField(max_length=12)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('texte', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(blank=True, max_length=64, verbose_name='empreinte du retour')),
                ('survenu_le', models.DateTimeField(verbose_name='le')),
                ('inscrit_le', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tentatives', to='notifications.messageagent')),
            ],
            options={
                'db_table': 'message_agent_tentative',
                'indexes': [models.Index(fields=['message', 'survenu_le', 'id'], name='tentative_agent_de_message')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('message', 'source'), name='tentative_agent_retour_une_fois')],
            },
        ),
    ]
