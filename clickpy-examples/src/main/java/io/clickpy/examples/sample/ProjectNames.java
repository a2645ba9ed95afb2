package io.clickpy.examples.sample;

import java.util.List;
import java.util.Scanner;

/** Names of projects by rank: the real ones first, then ones that nobody has, in the same style. */
final class ProjectNames {
  private static final List<String> REAL =
      new Scanner(
              """
      boto3 packaging setuptools urllib3 certifi typing-extensions requests charset-normalizer
      idna botocore aiobotocore python-dateutil cryptography six numpy cffi pyyaml grpcio-status
      pycparser pydantic pluggy s3transfer pygments click attrs protobuf pydantic-core anyio
      fsspec pandas pytest h11 markupsafe iniconfig s3fs platformdirs annotated-types pip wheel
      jinja2 jmespath importlib-metadata filelock pathspec pyjwt httpx typing-inspection
      python-dotenv httpcore pytz zipp rich pyasn1 jsonschema yarl multidict aiohttp google-auth
      uvicorn markdown-it-py google-api-core tzdata tqdm tomli colorama googleapis-common-protos
      mdurl starlette virtualenv awscli pillow propcache frozenlist scipy rpds-py
      trove-classifiers fastapi rsa referencing wrapt pyasn1-modules aiosignal
      jsonschema-specifications greenlet grpcio sqlalchemy requests-oauthlib pyarrow pyparsing
      aiohappyeyeballs opentelemetry-api tenacity annotated-doc cachetools regex psutil
      opentelemetry-semantic-conventions hatchling oauthlib opentelemetry-sdk sniffio
      more-itertools soupsieve shellingham websockets exceptiongroup docutils beautifulsoup4
      tomlkit lxml typer distlib grpcio-tools et-xmlfile openpyxl requests-toolbelt google-genai
      mypy-extensions pydantic-settings networkx dnspython proto-plus websocket-client
      opentelemetry-proto coverage werkzeug python-multipart msgpack pyopenssl openai langchain
      google-cloud-storage distro flask psycopg2-binary pynacl tabulate wcwidth
      opentelemetry-exporter-otlp-proto-http keyring huggingface-hub smmap sortedcontainers
      scikit-learn decorator fonttools isodate watchfiles jaraco-classes matplotlib secretstorage
      joblib jeepney opentelemetry-exporter-otlp-proto-grpc ruff poetry-core jiter redis
      jaraco-context opentelemetry-exporter-otlp-proto-common kiwisolver google-cloud-aiplatform
      jaraco-functools gitpython azure-core azure-identity ptyprocess pexpect bcrypt
      email-validator itsdangerous threadpoolctl editables msal pytest-cov google-cloud-core
      python-discovery alembic mcp zstandard sse-starlette contourpy prompt-toolkit ruamel-yaml
      snowflake-connector-python defusedxml async-timeout opentelemetry-instrumentation
      types-requests orjson textual gitdb sympy deprecated pytest-asyncio docstring-parser blinker
      google-crc32c docker rapidfuzz google-resumable-media mpmath tzlocal chardet pyproject-hooks
      cycler jsonpointer asn1crypto build kubernetes mako google-api-python-client dill
      setuptools-scm prometheus-client backoff paramiko sentry-sdk uv hf-xet
      opentelemetry-exporter-otlp yandexcloud google-auth-oauthlib marshmallow uritemplate
      fastjsonschema google-cloud-bigquery mypy tokenizers uvloop google-auth-httplib2 nodeenv
      httplib2 sqlparse transformers toml ipython msal-extensions authlib babel black tiktoken
      azure-storage-blob xmltodict httptools jsonpatch httpx-sse tornado cython aiofiles""")
          .tokens()
          .toList();

  private static final String[] FIRST = {
    "django", "flask", "pytest", "aws", "google", "azure", "mkdocs", "sphinx", "jupyter", "types",
    "odoo", "llama", "airflow", "py", "async", "open", "simple", "fast", "data", "micro", "tiny",
    "cloud"
  };
  private static final String[] SECOND = {
    "client", "utils", "sdk", "tools", "plugin", "core", "api", "auth", "config", "cache",
    "metrics", "parser", "storage", "queue", "models", "charts", "logging", "testing", "tasks",
    "schema", "stream", "search", "proxy"
  };

  private ProjectNames() {}

  /**
   * The normalised name of the project at a rank, counted from 1. No two ranks have the same name.
   */
  static String at(int rank) {
    if (rank <= REAL.size()) {
      return REAL.get(rank - 1);
    }
    return FIRST[rank % FIRST.length] + "-" + SECOND[rank % SECOND.length] + "-" + rank;
  }
}
