"""No text of a spec is anything but text in SQL: a secret of the server, say, in a comment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from tests.support import (
    compiled,
    module,
    query,
    run_script,
    spec,
    start_script,
    table,
)
from tests.support.hostile import TEXTS, everywhere
from tests.support.servers import SECRET

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]

SECRETS = [
    "${env:SECRET}",
    "${system:user.name}",
    "${spark.app.name} $x $${env:SECRET}",
    "\\${env:SECRET} \\\\${env:SECRET} \\u0024{env:SECRET}",
    "'${env:SECRET}' `${env:SECRET}` -- ;",
]
"""What Spark's parser puts a value of its own for."""
ALL = "".join([*SECRETS, *TEXTS])
"""One text with each of them in it: what becomes another text is found, whichever it is."""
DELTA = {"engine": "spark", "format": "delta", "schema": "spark_catalog.default"}


@pytest.fixture(scope="module")
def session(spark_address: str) -> Iterator[SparkSession]:
    """A session with a server whose environment holds a secret."""
    session = SparkSession.builder.remote(spark_address).create()
    yield session
    session.stop()


@pytest.fixture
def active(session: SparkSession, monkeypatch: pytest.MonkeyPatch) -> SparkSession:
    monkeypatch.setattr(SparkSession, "active", staticmethod(lambda: session))
    return session


def test_spark_would_put_the_secret_in(session: SparkSession) -> None:
    """So that the tests below fail where a text is not escaped."""
    (row,) = session.sql("SELECT '${env:SECRET}'").collect()
    assert row[0] == SECRET
    (row,) = session.sql("SELECT 1 AS `${env:SECRET}`").limit(1).collect()
    assert row.asDict() == {SECRET: 1}


def test_a_table_s_comment_is_the_text_as_it_was_written(session: SparkSession) -> None:
    for number, text in enumerate([*SECRETS, *TEXTS]):
        name = f"things_{number}"
        script = module(
            spec(
                {"output": DELTA},
                **{name: {**table(5), "description": text}},
            )
        )
        session.sql(f"CREATE TABLE {name} (id BIGINT) USING parquet")
        script.TABLES[name] = script.TABLES[name]._replace(key=())  # parquet has none
        script.describe(session, name)
        rows = session.sql(f"DESCRIBE TABLE EXTENDED {name}").collect()
        comment = next(row[1] for row in rows if row[0] == "Comment")
        assert comment == " ".join(text.split()), text


def test_a_check_compares_the_texts_as_they_are(
    active: SparkSession, tmp_path: Path
) -> None:
    """Categories that Spark would replace are none of those that were written."""
    script = module(everywhere(ALL, output={"engine": "spark", "format": "csv"}))
    script.OUTPUT = str(tmp_path / "out")
    with script.locked(script.lock()):
        for name in script.TABLES:
            script.write_table(active, name, 1)
    assert script.check(script.TABLES) == 0


@pytest.mark.parametrize("option", ["--catalog", "--schema"])
def test_a_name_that_spark_would_replace_is_refused(
    option: str, tmp_path: Path
) -> None:
    files = compiled(spec({"output": DELTA}, things=table(5))).files
    run = start_script(files, tmp_path, option, "a${env:SECRET}")
    _, printed = run.communicate(timeout=60)
    assert run.returncode == 2
    assert f"{option} is a${{env:SECRET}}: a name holds no ${{" in printed


def test_comments_of_columns_are_metadata_of_the_rows_that_are_written(
    session: SparkSession,
) -> None:
    """They go through no SQL. Files have none: no catalog would read them."""
    for text in [SECRETS[0], TEXTS[3], TEXTS[12]]:
        for format, comment in (("delta", text), ("parquet", None)):
            output = {"engine": "spark", "format": format}
            schema = module(everywhere(text, output=output)).computed
            columns = schema(session, "things", 1).schema  # as the server has it
            for column in ("kind", "note"):
                assert columns[column].metadata.get("comment") == comment


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize("format", ["csv", "parquet", "delta"])
def test_a_check_on_disk_compares_them_as_they_are(
    engine: str, format: str, tmp_path: Path
) -> None:
    output = {"engine": engine, "format": format}
    files = compiled(everywhere(ALL, output=output)).files
    folder = tmp_path / "it's"
    run_script(files, folder)
    run_script(files, folder, "--check")


def test_the_data_hold_the_texts(tmp_path: Path) -> None:
    for number, text in enumerate([ALL, "null", "=1"]):
        out = run_script(compiled(everywhere(text)).files, tmp_path / str(number))
        found = query("SELECT DISTINCT note FROM things", out).fetchall()
        assert found == [(text,)]
