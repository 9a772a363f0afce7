"""E7: what people have, from which a first spec is made."""

from __future__ import annotations

from compiler.codes.code import error

CODES = (
    error(
        "E701",
        "there is nothing to read at the path",
        """
The file or folder does not exist, you have no permission to read it, or it has no tables. Names
that begin with a dot or an underscore do not count, such as _SUCCESS and _bad_data.
""",
    ),
    error(
        "E702",
        "a kind of file that cannot be read",
        """
A source is a folder, a file of CSV (also .tsv and .csv.gz), JSON or Parquet, a Delta table, a
DuckDB or SQLite file, SQL with CREATE TABLE, a manifest.json or schema.yml of dbt, or a data
contract (ODCS). Save a sheet of Excel as CSV.
""",
    ),
    error(
        "E703",
        "a data file that is damaged or in use",
        """
The file begins or is named like Parquet, DuckDB, SQLite or a Delta table, but cannot be read
as one: its writer stopped early, it was copied in part, or it is of a newer version. DuckDB
lets no one read a file to which another process writes: close that process, or copy the file.
""",
    ),
    error(
        "E704",
        "a text file that is no table",
        """
CSV needs a header whose names differ, and as many cells in each row as in the header. JSON
needs an object on each line, or one array of objects. The text must be UTF-8. A cell that
contains the separator or a line break needs quotes:
  wrong:  1,Miller, Anna
  write:  1,"Miller, Anna"
""",
    ),
    error(
        "E705",
        "SQL that cannot be parsed",
        """
The statement is not valid in the dialect of the file. It is the one that is given, or else the
one of the known dialects with the fewest mistakes: Databricks, PostgreSQL, MySQL, SQL Server,
Snowflake, BigQuery. The other statements are read.
""",
    ),
    error(
        "E706",
        "a form of SQL that is not supported",
        """
The statement may define a table, a key or a ref, but in a form that is not understood, so the
result might lack them. Write it as CREATE TABLE with constraints, or as ALTER TABLE with ADD
CONSTRAINT; if it is not about tables, remove it.
""",
    ),
    error(
        "E707",
        "a library is missing",
        """
DuckDB files and Delta tables are read by libraries that are not installed by default. The
message names the command that installs them.
""",
    ),
    error(
        "E708",
        "a schema file of an unknown form",
        """
The YAML or JSON is not valid, or no schema that is known: a manifest.json or schema.yml of dbt,
with models, seeds, snapshots or sources and their columns; or a data contract of the Open Data
Contract Standard, with kind: DataContract.
""",
    ),
)
