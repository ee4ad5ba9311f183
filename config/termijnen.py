"""The word beside a date: too late, today, or in how many school days."""

from datetime import date, timedelta

from casework.kalender import schooldagen

FAR = timedelta(days=60)  # beyond this, counting school days tells a case worker nothing


def word_for(day: date, *, today: date, klaar: date | None = None) -> tuple[str, str]:
    """Word and badge kind of a term. School days without the holidays of a region.

    The last day itself still counts: on it the word is "vandaag".
    """
    if klaar is not None:
        return ("klaar", "success") if klaar <= day else ("te laat klaar", "warning")
    if day < today:
        late = len(schooldagen(day, today)) if today - day < FAR else 0
        return (f"{_count(late)} te laat" if late else "te laat"), "danger"
    if day == today:
        return "vandaag", "warning"
    if day == today + timedelta(days=1):
        return "morgen", "warning"
    if day - today > FAR:
        return f"over {(day - today).days // 7} weken", "neutral"
    ahead = len(schooldagen(today + timedelta(days=1), day + timedelta(days=1)))
    kind = "warning" if ahead <= 3 else "neutral"
    return f"over {_count(ahead)}", kind


def _count(days: int) -> str:
    return "1 schooldag" if days == 1 else f"{days} schooldagen"
