import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0024_tables_of_busy_periods'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('edits', models.JSONField(blank=True, default=list, verbose_name='changes')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variants', to='calendar_app.calendarversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'variant of a plan',
                'verbose_name_plural': 'variants of plans',
                'ordering': ['plan', 'made_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'name'), name='variant_name_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='variant_has_name')],
            },
        ),
    ]
