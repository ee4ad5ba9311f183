"""What every page must pass: axe on WCAG 2.2 AA, a narrow screen, a clean console."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / ".data" / "schermen"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN_AXE = """async (tags) => {
  const result = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  const where = v => v.nodes.map(n => n.target).join(" | ");
  return result.violations.map(v => `${v.id}: ${v.help} [${where(v)}]`);
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= window.innerWidth) return [];
  const found = [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1
      && !e.parentElement.closest(".lr-tabelregio, .lr-grafiek__beeld"))
    .map(e => `${wide}px: ${e.tagName.toLowerCase()}.${e.className}`).slice(0, 5);
  return found.length ? found : [`${wide}px: iets in een tabel steekt buiten zijn regio`];
}"""
INLINE = """() => [...document.querySelectorAll("[style]")]
  .filter(e => !e.closest("svg")).map(e => e.outerHTML.slice(0, 120))"""


@dataclass
class Bezoek:
    """What the browser complained about on one tab."""

    fouten: list[str] = field(default_factory=list)
    stil: bool = False  # axe and the screenshots set styles of their own, which the CSP reports
    tabs: ClassVar[dict[int, "Bezoek"]] = {}

    @classmethod
    def of(cls, page: Any) -> "Bezoek":
        if id(page) not in cls.tabs:
            visit = cls.tabs[id(page)] = cls()
            page.on("pageerror", lambda error: visit.fouten.append(f"script: {error}"))
            page.on("console", lambda message: visit.console(message))
            page.on("close", lambda _: cls.tabs.pop(id(page), None))
        return cls.tabs[id(page)]

    def console(self, message: Any) -> None:
        if message.type == "error" and not self.stil:
            self.fouten.append(f"console: {message.text} ({message.location.get('url', '')})")


def check(page: Any, name: str, *, allow: tuple[str, ...] = ()) -> None:
    """Fail with every finding at once. `allow`: parts of console texts that belong to the test."""
    visit = Bezoek.of(page)
    page.wait_for_load_state()
    findings = [f"{name}: stijl in de pagina: {text}" for text in page.evaluate(INLINE)]
    visit.stil = True
    findings += [f"{name}: axe {text}" for text in _axe(page)]
    page.screenshot(path=_shot(name, "breed"), full_page=True, caret="initial")
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1 or not headings[0].strip():
        findings.append(f"{name}: de pagina heeft niet een enkele h1: {headings}")
    findings += [f"{name}: op 320 px te breed: {text}" for text in _narrow(page, name)]
    findings += [
        f"{name}: {text}" for text in visit.fouten if not any(part in text for part in allow)
    ]
    visit.stil = False
    assert not findings, "\n".join(findings)


def _axe(page: Any) -> list[str]:
    # By evaluate, not by a script tag: the CSP of the page would refuse that.
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN_AXE, TAGS)
    return found


def _narrow(page: Any, name: str) -> list[str]:
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    wide: list[str] = page.evaluate(TOO_WIDE)
    page.screenshot(path=_shot(name, "smal"), full_page=True, caret="initial")
    page.set_viewport_size(size)
    return wide


def _shot(name: str, kind: str) -> str:
    SHOTS.mkdir(parents=True, exist_ok=True)
    return str(SHOTS / f"{name}-{kind}.png")
