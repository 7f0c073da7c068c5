# One image for web, worker, beat and the one-shot migration.
FROM python:3.11-slim AS packages
WORKDIR /portal
COPY requirements.txt requirements-installer.txt ./
RUN python -m venv /portal/.venv \
 && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements-installer.txt \
 && .venv/bin/uv pip sync --system-certs --require-hashes --python .venv/bin/python requirements.txt \
 && rm -rf /root/.cache

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/portal/.venv/bin:$PATH \
    DEMO=0 HOST=0.0.0.0 PORT=8000 STATE_DIR=/portal/state ACCESS_LOG=1
RUN useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin portal
WORKDIR /portal
COPY --from=packages /portal/.venv /portal/.venv
COPY . .
# The key is for this step only: static files do not depend on it.
RUN mkdir -p state \
 && python -I meetings_portal/messages.py \
 && SECRET_KEY=build-step-only python -m meetings_portal.prepare static \
 && chown -R portal state
USER portal
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "python:meetings_portal.web_server", "meetings_portal.wsgi"]
