"""Servers that the tests of several files share."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.servers import java, sail, spark_connect


@pytest.fixture(scope="session")
def sail_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sail(tmp_path_factory.mktemp("sail")) as address:
        yield address
        client = sys.modules.get("pyspark.sql.connect.session")
        session = client.SparkSession.getActiveSession() if client else None
        if session:
            session.stop()  # a test's own would call the server again and again


@pytest.fixture(scope="session")
def spark_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if java() is None:
        pytest.skip("Spark's own server needs Java, which is not here")
    with spark_connect(tmp_path_factory.mktemp("spark")) as address:
        yield address
