import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0005_choosing'),
    ]

    operations = [
        migrations.AddField(
            model_name='clue',
            name='card',
            field=models.JSONField(blank=True, help_text='What there is to choose from: schema.demos.Card.', null=True),
        ),
        migrations.AddField(
            model_name='item',
            name='scenario',
            field=models.ForeignKey(blank=True, help_text='What it asks the simulator about; how it was then stands in the revision.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='content.scenario'),
        ),
        migrations.AddField(
            model_name='scenario',
            name='contrasts',
            field=models.JSONField(blank=True, default=list, help_text='Slugs of the beliefs that it is contrasted with.'),
        ),
        migrations.AddField(
            model_name='scenario',
            name='demo',
            field=models.JSONField(blank=True, help_text='What the lab says beside it: schema.demos.Demo.', null=True),
        ),
        migrations.AddField(
            model_name='scenario',
            name='position',
            field=models.PositiveIntegerField(default=0, help_text='Its place in the lab.'),
        ),
        migrations.AddField(
            model_name='scenario',
            name='rows',
            field=models.JSONField(blank=True, default=list, help_text='Numbers of the rows that it shows.'),
        ),
    ]
