"""SheetRecord: what every record that arrives by sheet has in common."""

from django.conf import settings
from django.db import models

from disclosures.models.import_batch import ImportBatch
from units.models import Office


class SheetRecord(models.Model):
    """A record of one office with the natural key of its sheet kind, and the sheet row that last wrote it.

    `key` is the digest of the natural key (`disclosures/sheets/keys.py`): short, of one length, and the target of
    every upsert. `batch` and `sheet_row` are empty for a record entered by hand. An upsert writes the columns of
    the sheet alone: any other field must be nullable or have a `db_default`.

    `edited_at` and `edited_by` tell of the last change by hand; they hold while no later batch has written the record
    (`edited_since_batch`).
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=32, editable=False)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    sheet_row = models.PositiveIntegerField(null=True, blank=True, editable=False)
    edited_at = models.DateTimeField("修改时间", null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["office", "key"], name="%(class)s_natural_key")]

    @property
    def edited_since_batch(self) -> bool:
        """Whether somebody changed the record by hand after the sheet that last wrote it."""
        return self.edited_at is not None and (self.batch is None or self.edited_at > self.batch.imported_at)
