"""REST API, read only: the catalogue of figures and the figures, by the NLGov API Design Rules."""

VERSIE = "1.0.0"
