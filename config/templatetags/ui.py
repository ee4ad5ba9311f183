"""Template tags of the shell: dates with a word, badges, tables, forms, paging."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.db.models import Model
from django.http import HttpRequest
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casework.schooljaar import today
from config.termijnen import word_for

register = template.Library()

KINDS = {
    "info": "neutral",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
    "neutral": "inactive",
}
ALERTS = {"info": "info", "success": "ok", "warning": "warning", "danger": "error"}


@register.filter
def datum(value: date | None) -> str:
    return format_date(value, "j F Y") if value else "-"


@register.filter
def datum_kort(value: date | None) -> str:
    return format_date(value, "d-m-Y") if value else "-"


@register.filter
def moment(value: datetime | date | None) -> str:
    if not value:
        return "-"
    if not isinstance(value, datetime):
        return format_date(value, "j b Y")
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_date(local, "j b Y H:i")


@register.filter
def getal(value: Any) -> str:
    """1234.50 as 1.234,5; nothing as "n.v.t."."""
    if value is None or value == "":
        return "n.v.t."
    text = f"{Decimal(str(value)):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def procent(value: Any) -> str:
    """A percentage with one decimal; no denominator is "n.v.t.", never 0%."""
    return "n.v.t." if value is None else f"{Decimal(str(value)):.1f}%".replace(".", ",")


@register.simple_tag
def badge(text: str, kind: str = "neutral") -> SafeString:
    return format_html(
        '<span class="utrecht-status-badge utrecht-status-badge--{} lr-badge">{}</span>',
        KINDS[kind],
        text,
    )


@register.simple_tag
def term(day: date | None, klaar: date | None = None) -> SafeString:
    """A term as date plus word; a finished term says when it was done."""
    if day is None:
        return format_html('<span class="lr-klein">{}</span>', "geen termijn")
    word, kind = word_for(day, today=today(), klaar=klaar)
    return format_html(
        '<span class="lr-term"><time datetime="{}">{}</time> {}</span>',
        format_date(day, "Y-m-d"),
        format_date(day, "d-m-Y"),
        badge(word, kind),
    )


@register.inclusion_tag("includes/kruimel.html")
def crumb(label: str, url: str = "") -> dict[str, str]:
    return {"label": label, "url": url}


@register.inclusion_tag("includes/foutenlijst.html")
def error_summary(form: forms.BaseForm | None, *more: Any) -> dict[str, Any]:
    """Errors of one or more forms (or formsets), each with a link to its field."""
    rows = [row for one in (form, *more) if one is not None for row in _errors(one)]
    return {"fouten": rows}


def _errors(form: Any) -> Iterator[dict[str, str]]:
    if isinstance(form, forms.BaseFormSet):
        yield from ({"tekst": str(text), "id": ""} for text in form.non_form_errors())
        for one in form.forms:
            yield from _errors(one)
        return
    for name, texts in form.errors.items():
        bound = form[name] if name in form.fields and not form[name].is_hidden else None
        target = _first_id(bound) if bound else ""
        label = str(bound.label) if bound and bound.label else ""
        yield from ({"tekst": str(text), "id": target, "label": label} for text in texts)


def _first_id(bound: forms.BoundField) -> str:
    # Radio buttons and checkboxes: the group has no control with the plain id.
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else bound.id_for_label


@register.simple_tag
def field(bound: forms.BoundField) -> SafeString:
    if bound.is_hidden:
        return bound.as_widget()
    classes = ["utrecht-form-field", "lr-veld"]
    if bound.errors:
        classes.append("utrecht-form-field--invalid")
    return format_html('<div class="{}">{}</div>', " ".join(classes), bound.as_field_group())


@register.filter
def is_checkbox(bound: forms.BoundField) -> bool:
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.inclusion_tag("includes/paginering.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page[Any]) -> dict[str, Any]:
    return {
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "request": context.get("request"),
    }


@register.inclusion_tag("includes/sorteerkop.html", takes_context=True)
def sort_th(
    context: dict[str, Any], label: str, key: str, num: bool = False, param: str = "sort"
) -> dict[str, Any]:
    """Table header that sorts: first click ascending, second descending."""
    request: HttpRequest = context["request"]
    current = request.GET.get(param, "")
    query = request.GET.copy()
    query.pop("page", None)
    query[param] = f"-{key}" if current == key else key
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {"label": label, "order": order, "url": f"?{query.urlencode()}", "num": num}


@register.inclusion_tag("includes/filtertags.html", takes_context=True)
def filter_tags(context: dict[str, Any], filterset: Any) -> dict[str, Any]:
    """A removable tag for each filter in use; `filterset` is a FilterSet or a bound form."""
    request: HttpRequest = context["request"]
    form = getattr(filterset, "form", filterset)
    cleaned = getattr(form, "cleaned_data", {}) if form.is_bound and form.is_valid() else {}
    tags = [
        {
            "label": form[name].label,
            "waarde": _shown(form[name], value),
            "url": _without(request, form[name]),
        }
        for name, value in cleaned.items()
        if name in form.fields
        and value not in (None, "", [], False)
        and not _empty(value)
        and not form[name].is_hidden
    ]
    return {"tags": tags, "alles": request.path}


def _empty(value: Any) -> bool:
    return hasattr(value, "exists") and not value


def _without(request: HttpRequest, bound: forms.BoundField) -> str:
    query = request.GET.copy()
    for key in [
        k for k in query if k in {bound.html_name, "page"} or k.startswith(f"{bound.html_name}_")
    ]:
        del query[key]
    return f"?{query.urlencode()}"


def _shown(bound: forms.BoundField, value: Any) -> str:
    choices = {
        str(k): str(v)
        for k, v in getattr(bound.field, "choices", []) or []
        if not isinstance(v, (list, tuple))
    }
    if isinstance(value, slice):
        parts = [("vanaf", value.start), ("tot en met", value.stop)]
        return " ".join(f"{word} {_plain(one)}" for word, one in parts if one is not None)
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(choices.get(str(one), str(one)) for one in value)
    return choices.get(str(value), _plain(value))


def _plain(value: Any) -> str:
    if value is True:
        return "ja"
    return format_date(value, "d-m-Y") if isinstance(value, date) else str(value)


@register.inclusion_tag("includes/voortgang.html")
def voortgang(klaar: int, totaal: int | None, label: str) -> dict[str, Any]:
    percent = min(100, klaar * 100 // totaal) if totaal else None
    return {"klaar": klaar, "totaal": totaal, "label": label, "percent": percent}


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "") -> SafeString:
    heading = format_html('<p class="lr-alert__titel">{}</p>', title) if title else ""
    return format_html(
        '<div class="utrecht-alert utrecht-alert--{} lr-alert lr-alert--{}">{}{}</div>',
        ALERTS[kind],
        kind,
        heading,
        content,
    )


@register.simple_block_tag
def tabelregio(content: str, label: str) -> SafeString:
    """Region that scrolls sideways on its own, also by keyboard (WCAG 1.4.10, 2.1.1)."""
    return format_html(
        '<div class="lr-tabelregio" role="region" aria-label="{}" tabindex="0">{}</div>',
        f"Tabel: {label}",
        content,
    )
