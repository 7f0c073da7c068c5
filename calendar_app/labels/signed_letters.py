"""Words for the acts that may rest on a signed letter, and for the files it comes in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterAct(models.TextChoices):
    """What a body does by the letter; each later act of a body by letter adds its own."""

    TOPIC_LIST = "topic_list", _("Submission of a topic list")
    COORDINATION = "coordination", _("Answer of a ministry in coordination")


class SignedFileKind(models.TextChoices):
    """In which form the signed letter is kept: kinds of base.file_kinds."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    DOCX = "docx", "DOCX"
    ASICE = "asice", "ASiC-E"
    DDOC = "ddoc", "DDOC"
    CMS = "cms", "CMS"
