"""Students as Today meets them, and what the page says to them."""

import re
from html import unescape

from django.test import Client

from studyapp.accounts.models import User


def visitor(student: User) -> Client:
    client = Client()
    client.force_login(student)
    return client


def words(html: str) -> str:
    """What a page says in its main part, tags and line breaks taken out."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def read(client: Client, path: str = "/") -> str:
    return words(client.get(path).content.decode())
