"""Tables of the documents room: which files an installation keeps."""

from django.db import models

from folkmoot.apps.access.audience import new_key


class StoredFile(models.Model):
    """One file: its name here, its bytes in the data folder under their own hash.

    A file has no audience of its own. It is reached through the record that holds it, whose room has asked
    `visible_to`; there is no address that serves files as such.
    """

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=40, help_text="What the file is to its room, such as return or publication.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
