"""What people write in a report stays text: on the page, in the PDF and in a mail."""

import io
import re
from html.parser import HTMLParser

import pikepdf
import pytest
from allauth.core.context import request_context
from django.core import mail

from reporting.domain.document import Gegevens, make_pdf, render_html
from reporting.verslag.opbouw import build
from reporting.verslag.plaatshouders import Kader
from reporting.verslag.secties import Sectiedata
from reporting.verslag.tekst import ATTRIBUTES, TAGS, render_line, render_text
from tests.factories_reporting import make_cijferset

# One line for each way in; from the OWASP list and what Markdown adds to it.
CORPUS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://elders.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="javascript:alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=x><applet code=x>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a style='position:fixed' onclick=alert(1)>x</a>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=https://elders.example/x.css>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<meta http-equiv=refresh content='0;url=https://elders.example'>",
    "<base href=https://elders.example/>",
    "<form action=https://elders.example><input name=q><button>Ga</button></form>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "</style></title></textarea><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))",
    "[klik](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[klik](vbscript:x)",
    "[klik](file:///etc/passwd)",
    "[klik](&#106;avascript:alert(1))",
    "[klik](//elders.example)",
    "![beeld](https://elders.example/x.png)",
    "![beeld](javascript:alert(1))",
    "[klik](https://voorbeeld.nl \"x' onmouseover='alert(1)\")",
    '<https://voorbeeld.nl/"onmouseover="alert(1)>',
    "[x]: javascript:alert(1)\n\n[x]",
    "```html\n<script>alert(1)</script>\n```",
    "| a | b |\n| --- | :-- |\n| <script>alert(1)</script> | x |",
    "\ue0000\ue001",
    "{{ <script>alert(1)</script> }}",
    "{{ lp_meldingen|safe }}{% include 'x' %}{{ settings.SECRET_KEY }}",
    "\x00<script\x00>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
]
SAFE_LINK = re.compile(r"(https://|mailto:|#|[\w/.?=&%-]*$)")


class Onveilig(HTMLParser):
    """Everything in a piece of HTML that is not on the short list of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.wrong.append(tag)
        for name, value in attrs:
            if name not in {*ATTRIBUTES.get(tag, set()), "title"}:
                known = (tag, name, value) == ("strong", "class", "plaatshouder-fout")
                self.wrong += [] if known else [f"{tag} {name}"]
            if name == "href" and not SAFE_LINK.match(value or ""):
                self.wrong.append(f"href={value}")


class Handlers(HTMLParser):
    """Attributes by which an element would run something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]


def wrong_in(html: str) -> list[str]:
    parser = Onveilig()
    parser.feed(html)
    return parser.wrong


@pytest.fixture
def kader():
    return Kader(make_cijferset("0164"), "2022-2023", "Jaarverslag")


@pytest.mark.eis("F6")
@pytest.mark.parametrize("text", CORPUS)
def test_text_of_a_section_holds_only_the_short_list(kader, text):
    assert wrong_in(render_text(text, kader).html) == []


def test_the_parser_sees_what_is_wrong():
    raw = [text for text in CORPUS[:28] if wrong_in(text) or "<!" in text or "<scr<" in text]

    assert len(raw) >= 26


def sections(text):
    return [
        Sectiedata("tekst", text, 2, text, {}),
        Sectiedata("tekst", "Kop", 2, f"Gewone tekst\n\n{text}", {}),
    ]


def gegevens(text):
    return Gegevens(text, "2022-2023", [text], "groot", 1, None, "1", "0" * 64)


@pytest.mark.eis("F6")
@pytest.mark.parametrize("text", [t for t in CORPUS if "<" in t and "\x00" not in t])
def test_title_gemeente_and_heading_are_text_in_the_document(kader, text):
    """The whole page that becomes the PDF: no tag in it comes from what somebody wrote."""
    inhoud = build(sections(text), kader)
    clean = build(sections("x"), kader)

    html = render_html(inhoud, gegevens(text), kader)

    tags = re.findall(r"<(script|iframe|object|embed|form|input|base|video|svg|img|body)\b", html)
    assert tags == re.findall(
        r"<(script|iframe|object|embed|form|input|base|video|svg|img|body)\b",
        render_html(clean, gegevens("x"), kader),
    )
    parser = Handlers()
    parser.feed(html)
    assert parser.found == []


@pytest.mark.eis("F6")
def test_the_pdf_has_no_action_script_file_or_link_elsewhere(kader):
    text = "\n\n".join(t for t in CORPUS if "\x00" not in t and "\ue000" not in t)
    text = text.replace("{{", "").replace("{%", "")

    pdf = make_pdf([Sectiedata("tekst", "Kop", 2, text, {})], kader, gegevens("Jaarverslag"))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = {
            str(key)
            for obj in opened.objects
            if isinstance(obj, pikepdf.Dictionary)
            for key in obj.keys()  # noqa: SIM118  # a Dictionary of pikepdf gives pairs
        }
        links = [
            str(a.A.URI)
            for page in opened.pages
            for a in page.get("/Annots", [])
            if "/A" in a and "/URI" in a.A
        ]
    active = {"/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/EF", "/RichMedia"}
    assert names.isdisjoint(active)
    schemes = {match[0] for link in links if (match := re.match(r"\w+:", link))}
    assert schemes <= {"https:", "mailto:"}


@pytest.mark.eis("F6")
@pytest.mark.parametrize("text", [t for t in CORPUS if "<" in t][:20])
def test_a_line_is_escaped_where_it_is_shown(kader, text):
    from django.template import Context, Engine

    line, _ = render_line(text, kader)

    assert "<" not in Engine().from_string("{{ x }}").render(Context({"x": line}))


@pytest.mark.eis("F6")
@pytest.mark.django_db
def test_a_mail_is_plain_text_with_one_subject_line(rf, settings):
    from accounts.adapters import AccountAdapter
    from tests.factories import make_gebruiker

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    request = rf.get("/")
    user = make_gebruiker(email="lea@voorbeeld.nl")
    hostile = "<script>alert(1)</script>\r\nBcc: elders@voorbeeld.nl"

    with request_context(request):
        AccountAdapter(request).send_notification_mail(
            "account/email/nieuwe_plek", user, {"programma": hostile}
        )

    (message,) = mail.outbox
    assert message.content_subtype == "plain"
    assert not getattr(message, "alternatives", [])
    assert message.recipients() == ["lea@voorbeeld.nl"]
    assert "\n" not in message.subject
