import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models

from calendar_app.guards import proposed_meetings as guards


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0009_parts_of_a_list'),
        ('regions', '0002_halls_in_their_region'),
    ]

    operations = [
        migrations.AddField(
            model_name='topiclist',
            name='no_meetings_reason_kk',
            field=models.TextField(blank=True, verbose_name='why no meetings are proposed, in Kazakh'),
        ),
        migrations.AddField(
            model_name='topiclist',
            name='no_meetings_reason_ru',
            field=models.TextField(blank=True, verbose_name='why no meetings are proposed, in Russian'),
        ),
        migrations.CreateModel(
            name='ProposedMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='place in the list')),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('hybrid', 'In person and online')], default='in_person', max_length=10, verbose_name='form of the meeting')),
                ('venue_kk', models.CharField(blank=True, max_length=300, verbose_name='venue in Kazakh')),
                ('venue_ru', models.CharField(blank=True, max_length=300, verbose_name='venue in Russian')),
                ('attendance', models.PositiveIntegerField(null=True, verbose_name='expected number of people')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('hall', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.hall', verbose_name='hall')),
                ('ministries', models.ManyToManyField(related_name='+', to='regions.body', verbose_name='ministries')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.territory', verbose_name='place')),
                ('topic_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='calendar_app.topiclist', verbose_name='topic list')),
                ('topics', models.ManyToManyField(related_name='meetings', to='calendar_app.topic', verbose_name='topics')),
            ],
            options={
                'verbose_name': 'proposed meeting',
                'verbose_name_plural': 'proposed meetings',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposedWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='place in the list')),
                ('kind', models.CharField(choices=[('exact', 'exact time'), ('loose', 'one day out of several')], max_length=5, verbose_name='kind')),
                ('day', models.DateField(null=True, verbose_name='day')),
                ('starts', models.TimeField(null=True, verbose_name='from')),
                ('ends', models.TimeField(null=True, verbose_name='until')),
                ('first_day', models.DateField(null=True, verbose_name='first day')),
                ('last_day', models.DateField(null=True, verbose_name='last day')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, size=None, verbose_name='weekdays')),
                ('excluded', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None, verbose_name='not on these days')),
                ('part', models.CharField(blank=True, choices=[('any', 'At any time of day'), ('day', 'During the day'), ('evening', 'In the evening')], max_length=10, verbose_name='part of day')),
                ('minutes', models.PositiveSmallIntegerField(null=True, verbose_name='duration in minutes')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows', to='calendar_app.proposedmeeting', verbose_name='proposed meeting')),
            ],
            options={
                'verbose_name': 'proposed time',
                'verbose_name_plural': 'proposed times',
                'ordering': ['meeting', 'position'],
            },
        ),
        migrations.AddConstraint(
            model_name='proposedmeeting',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('topic_list', 'position'), name='proposed_meeting_position_in_list'),
        ),
        migrations.AddConstraint(
            model_name='proposedmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['in_person', 'online', 'hybrid'])), name='proposed_meeting_known_mode'),
        ),
        migrations.AddConstraint(
            model_name='proposedmeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mode', 'online'), _negated=True), models.Q(('hall', None), ('venue_kk', ''), ('venue_ru', '')), _connector='OR'), name='proposed_meeting_online_without_hall'),
        ),
        migrations.AddConstraint(
            model_name='proposedmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('hall', None), models.Q(('venue_kk', ''), ('venue_ru', '')), _connector='OR'), name='proposed_meeting_hall_or_venue'),
        ),
        migrations.AddConstraint(
            model_name='proposedmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('attendance', None), ('attendance__range', (1, 100000)), _connector='OR'), name='proposed_meeting_attendance'),
        ),
        migrations.AddConstraint(
            model_name='proposedwindow',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='proposed_window_position'),
        ),
        migrations.AddConstraint(
            model_name='proposedwindow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day__isnull', False), ('ends__gt', models.F('starts')), ('ends__isnull', False), ('excluded', []), ('first_day', None), ('kind', 'exact'), ('last_day', None), ('minutes', None), ('part', ''), ('starts__isnull', False), ('weekdays', [])), models.Q(('day', None), ('ends', None), ('first_day__isnull', False), ('kind', 'loose'), ('last_day__gte', models.F('first_day')), ('last_day__isnull', False), ('part__in', ['any', 'day', 'evening']), ('starts', None), ('weekdays__contained_by', [0, 1, 2, 3, 4, 5, 6])), _connector='OR'), name='proposed_window_of_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='proposedwindow',
            constraint=models.CheckConstraint(condition=models.Q(('minutes', None), ('minutes__range', (30, 720)), _connector='OR'), name='proposed_window_duration'),
        ),
        migrations.RunSQL(guards.CREATE, guards.DROP),
    ]
