// Runs before the page is drawn: styles may count on JavaScript being there.
document.documentElement.classList.add("js");
