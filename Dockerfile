# Kluwen in a container: `docker compose up` starts it beside a Neo4j (compose.yaml). It runs as a user without rights, on a
# file system that may be read-only; what it keeps, it keeps in /data.

FROM python:3.12.12-slim-bookworm AS build
WORKDIR /source
COPY requirements-build.txt requirements.txt requirements-torch.txt ./
RUN python -m venv /opt/build \
 && /opt/build/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-build.txt \
 && python -m venv --without-pip /opt/kluwen \
 && /opt/build/bin/uv pip install --no-cache --python /opt/kluwen/bin/python --no-deps --require-hashes --compile-bytecode -r requirements.txt
# PyTorch without CUDA comes from an index of its own, whose builds have other hashes than those in requirements-torch.txt;
# what it needs came above, with hashes.
ENV UV_TORCH_BACKEND=cpu
RUN /opt/build/bin/uv pip install --no-cache --python /opt/kluwen/bin/python --no-deps "$(sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements-torch.txt)"
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY graph graph
COPY ingest ingest
COPY search_app search_app
RUN /opt/build/bin/uv build --wheel --no-build-isolation --python /opt/build/bin/python --out-dir /dist \
 && /opt/build/bin/uv pip install --no-cache --python /opt/kluwen/bin/python --no-deps --compile-bytecode /dist/kluwen-*.whl

FROM python:3.12.12-slim-bookworm
RUN groupadd --system --gid 10001 kluwen \
 && useradd --system --uid 10001 --gid kluwen --home-dir /data --no-create-home --shell /usr/sbin/nologin kluwen \
 && install --directory --owner kluwen --group kluwen /data
COPY --from=build /opt/kluwen /opt/kluwen
ENV PATH=/opt/kluwen/bin:$PATH HOME=/data KLUWEN_GRAPH=/data/kluwen.db PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8501, timeout=4); c.request('GET', '/_stcore/health'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["kluwen"]
CMD ["app", "--address", "0.0.0.0", "--port", "8501", "--no-browser"]
