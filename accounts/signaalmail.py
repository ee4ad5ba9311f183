"""The mail about new signals: how many there are, and no name or number."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from accounts.domain.signalen import officers_for
from accounts.models import Signaal

logger = logging.getLogger(__name__)


def tell_officers(signalen: Sequence[Signaal]) -> None:
    """A mail server that is down loses no signal: they stand on the page."""
    if not signalen:
        return
    subject = render_to_string("account/email/signalen_subject.txt").strip()
    text = render_to_string("account/email/signalen_message.txt", {"aantal": len(signalen)})
    prefix = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX
    for address in sorted(officers_for(signalen)):
        try:
            send_mail(f"{prefix}{subject}", text, None, [address])
        except (SMTPException, OSError):
            logger.exception("Bericht over signalen niet verstuurd")
