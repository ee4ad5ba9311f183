# syntax=docker/dockerfile:1
# Style sheets and fonts from npm, Python packages from uv.lock, and a last stage with neither tool.

FROM node:22-bookworm-slim AS node
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups
COPY . .
COPY --from=node /app/node_modules node_modules
# These secrets only let collectstatic start; they are not in the image.
RUN .venv/bin/python -m scripts.vendor \
    && S=only-for-collectstatic-at-the-time-of-building \
    && SECRET_KEY=$S FIELD_KEYS=$S BLIND_INDEX_KEY=$S \
       .venv/bin/python manage.py collectstatic --noinput \
    && rm -rf node_modules

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin leerrecht \
    && install -d -o leerrecht -g leerrecht /var/lib/leerrecht/media \
        /var/lib/leerrecht/ankers
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MEDIA_ROOT=/var/lib/leerrecht/media \
    LOGBOEK_ANKER_MAP=/var/lib/leerrecht/ankers \
    HOME=/tmp
USER leerrecht
EXPOSE 8000
# One thread per process: the proxy spreads requests, a thread would only wait its turn.
CMD ["gunicorn", "config.wsgi", "--worker-class", "sync", "--workers", "4", \
     "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--forwarded-allow-ips", "*", "--access-logfile", "-", \
     "--access-logformat", "%(t)s %(h)s %(m)s %(U)s %(s)s %(b)s %(L)s"]
