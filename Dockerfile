FROM python:3.11-slim-bookworm

# WeasyPrint loads these; nothing else comes from the system.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/equivalent

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY . .
RUN STATIC_ROOT=/srv/static python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --uid 10001 app \
    && install -d -o app -m 700 /var/lib/equivalent

ENV STATIC_ROOT=/srv/static
USER app
CMD ["gunicorn", "-c", "config/gunicorn.py"]
