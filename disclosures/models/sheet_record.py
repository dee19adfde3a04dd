"""SheetRecord: what every record that arrives by sheet has in common."""

from django.db import models

from disclosures.models.import_batch import ImportBatch
from units.models import Office


class SheetRecord(models.Model):
    """A record of one office with the natural key of its sheet kind, and the sheet row that last wrote it.

    `key` is the digest of the natural key (`disclosures/sheets/keys.py`): short, of one length, and the target of
    every upsert. `batch` and `sheet_row` are empty for a record entered by hand. An upsert writes the columns of
    the sheet alone: any other field must be nullable or have a `db_default`.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=32, editable=False)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    sheet_row = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["office", "key"], name="%(class)s_natural_key")]
