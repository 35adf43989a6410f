FROM python:3.11.14-slim-bookworm

WORKDIR /app
COPY . .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: --requirement requirements-server.txt \
    && pip install --no-cache-dir --no-deps --no-build-isolation --editable .

# nobody, who owns nothing here
USER 65534:65534
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/healthz', timeout=4)"]
# The settings for production come from deploy/production.env: see docs/operations.md.
CMD ["streamlit", "run", "server.py", "--server.address=0.0.0.0", "--server.port=8501"]
