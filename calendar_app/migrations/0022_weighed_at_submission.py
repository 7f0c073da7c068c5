from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calendar_app', '0021_order_of_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='calendarsubmission',
            name='weighed',
            field=models.JSONField(editable=False, null=True, verbose_name='what was weighed'),
        ),
    ]
