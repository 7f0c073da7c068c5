import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from calendar_app.guards import imports as guards


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0022_weighed_at_submission'),
        ('regions', '0002_halls_in_their_region'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='import',
            name='import_known_kind',
        ),
        migrations.AddField(
            model_name='import',
            name='body',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.body', verbose_name='ministry'),
        ),
        migrations.AddField(
            model_name='import',
            name='plan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='calendar_app.calendarversion', verbose_name='version'),
        ),
        migrations.AlterField(
            model_name='import',
            name='kind',
            field=models.CharField(choices=[('topics', 'Topics from files of districts'), ('translation', 'Translator’s sheet'), ('plan', 'Table of the plan'), ('busy_table', 'Table of busy periods'), ('busy_events', 'Calendar file of busy periods')], max_length=12, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='import',
            name='state',
            field=models.CharField(choices=[('uploaded', 'Waits to be read'), ('reading', 'Being read'), ('read', 'Read'), ('failed', 'Has errors'), ('taken', 'Taken in'), ('dropped', 'Dropped')], default='uploaded', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='import',
            name='topic_list',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='calendar_app.topiclist', verbose_name='topic list'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['topics', 'translation', 'plan', 'busy_table', 'busy_events'])), name='import_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', None), ('kind__in', ('topics', 'translation')), ('plan', None), ('topic_list__isnull', False)), models.Q(('body', None), ('kind__in', ('plan',)), ('plan__isnull', False), ('topic_list', None)), models.Q(('body__isnull', False), ('kind__in', ('busy_table', 'busy_events')), ('plan', None), ('topic_list', None)), _connector='OR'), name='import_belongs_to_its_kind'),
        ),
        migrations.RunSQL(guards.OWNED_EDGES, guards.LIST_EDGES),
    ]
