"""SQL: the tables of each dialect, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler.sources.model import Source
from compiler.sources.read import read_sources
from tests.support.sources import problems_of, read, refs, types, write

DDL = {
    "postgres": r"""
CREATE TYPE tier AS ENUM ('Free', 'Pro');
CREATE TABLE IF NOT EXISTS public.customers (
  id bigint GENERATED ALWAYS AS IDENTITY,
  "Mail" character varying(200) NOT NULL,
  tier public.tier,
  rate numeric(5,2) CHECK (rate >= 0 AND rate < 100),
  state text,
  born date, seen timestamp with time zone DEFAULT now(), active boolean, tags text[],
  CONSTRAINT state_check CHECK (state = ANY (ARRAY['new'::text, 'old'::text]))
);
CREATE TABLE public.orders (customer_id bigint, line integer, n integer);
COPY public.orders (customer_id, line) FROM stdin;
1	it's
\.
\connect shop
ALTER TABLE public.customers OWNER TO bob;
ALTER TABLE ONLY public.customers ADD CONSTRAINT pk PRIMARY KEY (id);
CREATE UNIQUE INDEX mail ON public.customers USING btree ("Mail");
CREATE UNIQUE INDEX active ON public.customers (state) WHERE active;
ALTER TABLE public.orders ADD PRIMARY KEY (customer_id, line), ADD CHECK (n > 0);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES public.customers(id) ON DELETE CASCADE;
COMMENT ON TABLE public.customers IS 'People';
COMMENT ON COLUMN public.customers.rate IS 'In percent';
""",
    "mysql": """
/*!40101 SET NAMES utf8 */;
CREATE TABLE `customers` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `Mail` varchar(200) NOT NULL,
  `tier` enum('Free','Pro') DEFAULT 'Free',
  `rate` decimal(5,2) DEFAULT NULL COMMENT 'In percent',
  `state` varchar(3) CHECK (`state` IN ('new','old')),
  `born` date, `seen` datetime, `active` tinyint(1), `tags` json,
  PRIMARY KEY (`id`), UNIQUE KEY `mail` (`Mail`), KEY `k` (`state`),
  CHECK (`rate` >= 0 and `rate` < 100)
) ENGINE=InnoDB COMMENT='People';
LOCK TABLES `customers` WRITE;
INSERT INTO customers VALUES (1,'x;''y');
CREATE TABLE `orders` (`customer_id` bigint unsigned, `line` int, `n` int CHECK (n > 0));
ALTER TABLE `orders` ADD PRIMARY KEY (`customer_id`, `line`), ADD KEY k2 (`line`);
ALTER TABLE `orders` ADD CONSTRAINT `fk` FOREIGN KEY (`customer_id`)
  REFERENCES `customers` (`id`) ON DELETE CASCADE;
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW BEGIN SET @a = 1; END;;
DELIMITER ;
""",
    "tsql": """
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[customers](
  [id] [bigint] IDENTITY(1,1) NOT NULL,
  [Mail] [nvarchar](200) NOT NULL UNIQUE NONCLUSTERED,
  [tier] [varchar](4) CHECK ([tier] IN (N'Free', N'Pro')),
  [rate] [decimal](5, 2) NULL,
  [state] [char](3) CHECK ([state]='new' OR [state]='old'),
  [born] [date], [seen] [datetimeoffset](7), [active] [bit], [tags] [varbinary](max),
  CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
) ON [PRIMARY]
GO
CREATE TABLE [dbo].[orders]([customer_id] bigint NOT NULL, [line] int NOT NULL, [n] int,
  PRIMARY KEY NONCLUSTERED ([customer_id], [line]))
CREATE TABLE #gone (id int)
GO
ALTER TABLE [dbo].[orders] WITH CHECK ADD CONSTRAINT [FK] FOREIGN KEY([customer_id])
REFERENCES [dbo].[customers] ([id])
GO
ALTER TABLE [dbo].[orders] CHECK CONSTRAINT [FK]
GO
ALTER TABLE [dbo].[orders] WITH CHECK ADD CONSTRAINT [CK] CHECK (([n]>(0)))
GO
ALTER TABLE [dbo].[customers] ADD CONSTRAINT [CK2] CHECK (([rate]>=(0) AND [rate]<(100)))
GO
ALTER TABLE [dbo].[orders] ADD CONSTRAINT [DF] DEFAULT ((0)) FOR [n]
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'x'
GO
""",
    "snowflake": """
CREATE OR REPLACE TRANSIENT TABLE shop.crm.customers (
  id NUMBER(38,0) NOT NULL AUTOINCREMENT, "Mail" STRING NOT NULL UNIQUE, tier VARCHAR(4),
  rate NUMBER(5,2) COMMENT 'In percent', state VARCHAR, born DATE,
  seen TIMESTAMP_TZ(9), active BOOLEAN, tags VARIANT,
  CONSTRAINT pk PRIMARY KEY (id) NOT ENFORCED
) CLUSTER BY (born) COMMENT = 'People';
CREATE TABLE shop.crm.orders (
  customer_id NUMBER REFERENCES shop.crm.customers (id), line INT, n INT,
  PRIMARY KEY (customer_id, line)
);
GRANT SELECT ON TABLE shop.crm.orders TO ROLE r;
""",
    "bigquery": """
CREATE TABLE `shop.crm.customers` (
  id INT64 NOT NULL, Mail STRING(200) NOT NULL, tier STRING,
  rate NUMERIC(5, 2) OPTIONS(description="In percent"), state STRING, born DATE,
  seen TIMESTAMP, active BOOL, tags ARRAY<STRING>, PRIMARY KEY (id) NOT ENFORCED
) PARTITION BY born OPTIONS(description="People");
CREATE TABLE `shop.crm.orders` (
  customer_id INT64, line INT64, n INT64, PRIMARY KEY (customer_id, line) NOT ENFORCED,
  FOREIGN KEY (customer_id) REFERENCES `shop.crm.customers`(id) NOT ENFORCED
);
""",
    "databricks": """
CREATE TABLE IF NOT EXISTS main.crm.customers (
  id BIGINT GENERATED ALWAYS AS IDENTITY, Mail STRING NOT NULL, tier STRING,
  rate DECIMAL(5,2) COMMENT 'In percent', state STRING, born DATE, seen TIMESTAMP,
  active BOOLEAN, tags MAP<STRING, STRING>, CONSTRAINT pk PRIMARY KEY (id) RELY
) USING DELTA COMMENT 'People' TBLPROPERTIES ('a' = 'b');
CREATE TABLE main.crm.orders (customer_id BIGINT, line INT, n INT,
  CONSTRAINT pk2 PRIMARY KEY (customer_id, line));
ALTER TABLE main.crm.customers ADD CONSTRAINT ck CHECK (rate >= 0 AND rate < 100);
ALTER TABLE main.crm.customers ADD CONSTRAINT c2 CHECK (state IS NULL OR state IN ('new', 'old'));
ALTER TABLE main.crm.orders ADD CONSTRAINT ck3 CHECK (n > 0);
ALTER TABLE main.crm.orders ADD CONSTRAINT fk FOREIGN KEY (customer_id)
  REFERENCES main.crm.customers (id);
OPTIMIZE main.crm.orders;
""",
}
WITH_CHECKS = ("postgres", "mysql", "tsql", "databricks")
WITH_COMMENTS = ("postgres", "mysql", "snowflake", "bigquery", "databricks")


@pytest.fixture(params=DDL)
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def source(dialect: str, tmp_path: Path) -> Source:
    """The tables of a dialect that is found by trying."""
    return read(write(tmp_path, {"shop.sql": DDL[dialect]}) / "shop.sql")


def test_each_dialect_gives_the_same_tables(source: Source, dialect: str) -> None:
    customers, orders = source.table("customers"), source.table("orders")
    assert types(customers) == {
        "id": "integer",
        "Mail": "text",
        "tier": "text",
        "rate": "number",
        "state": "text",
        "born": "date",
        "seen": "timestamp",
        "active": "boolean",
        "tags": "unknown",
    }
    assert customers.scan is None
    assert customers.rows is None
    assert customers.primary_key == ("id",)
    assert orders.primary_key == ("customer_id", "line")
    assert refs(orders) == ["customer_id -> customers.id"]
    assert customers.column("rate").decimals == 2
    assert not customers.column("Mail").nullable
    assert not orders.column("line").nullable
    assert customers.column("state").nullable
    assert customers.column("Mail").unique == (
        dialect not in ("bigquery", "databricks")
    )
    if dialect in WITH_CHECKS:
        assert customers.column("state").values == ("new", "old")
        assert customers.column("rate").minimum == 0
        assert customers.column("rate").maximum == 99.99
        assert orders.column("n").minimum == 1
    if dialect in WITH_COMMENTS:
        assert customers.description == "People"
        assert customers.column("rate").description == "In percent"
    if dialect in ("postgres", "mysql", "tsql"):
        assert customers.column("tier").values == ("Free", "Pro")


def test_the_dialect_can_be_given(dialect: str, tmp_path: Path) -> None:
    path = write(tmp_path, {"shop.sql": DDL[dialect]}) / "shop.sql"
    assert read(path, dialect=dialect) == read(path)


def test_statements_that_define_no_tables_are_noted_once(tmp_path: Path) -> None:
    text = (
        "INSERT INTO a VALUES (1);\nCREATE INDEX i ON a (b);\nGRANT SELECT ON a TO b;\n"
    )
    path = write(tmp_path, {"t.sql": f"CREATE TABLE a (b int);{text * 2}"}) / "t.sql"
    [note] = read(path).notes
    assert note == "t.sql: ignored 2 × INSERT, 2 × CREATE INDEX, 2 × GRANT"


TPC_H = """
CREATE TABLE REGION ( R_REGIONKEY INTEGER NOT NULL, R_NAME CHAR(25) NOT NULL,
                      R_COMMENT VARCHAR(152));
CREATE TABLE NATION ( N_NATIONKEY INTEGER NOT NULL, N_NAME CHAR(25) NOT NULL,
                      N_REGIONKEY INTEGER NOT NULL, N_COMMENT VARCHAR(152));
CREATE TABLE PARTSUPP ( PS_PARTKEY INTEGER NOT NULL, PS_SUPPKEY INTEGER NOT NULL,
                        PS_SUPPLYCOST DECIMAL(15,2) NOT NULL );
CREATE TABLE LINEITEM ( L_ORDERKEY INTEGER NOT NULL, L_PARTKEY INTEGER NOT NULL,
                        L_SUPPKEY INTEGER NOT NULL, L_LINENUMBER INTEGER NOT NULL,
                        L_SHIPDATE DATE NOT NULL);
"""
TPC_H_KEYS = """
CONNECT TO TPCD;
ALTER TABLE TPCD.REGION ADD PRIMARY KEY (R_REGIONKEY);
ALTER TABLE TPCD.PARTSUPP ADD PRIMARY KEY (PS_PARTKEY,PS_SUPPKEY);
ALTER TABLE TPCD.LINEITEM ADD PRIMARY KEY (L_ORDERKEY,L_LINENUMBER);
ALTER TABLE TPCD.NATION ADD FOREIGN KEY NATION_FK1 (N_REGIONKEY) references TPCD.REGION;
COMMIT WORK;
ALTER TABLE TPCD.LINEITEM ADD FOREIGN KEY LINEITEM_FK2 (L_PARTKEY,L_SUPPKEY) references
    TPCD.PARTSUPP;
"""


def test_one_file_may_alter_what_another_creates(tmp_path: Path) -> None:
    """TPC-H publishes its keys in a second file, which comes first by its name here."""
    source = read(write(tmp_path, {"a_keys.sql": TPC_H_KEYS, "tables.ddl": TPC_H}))
    assert refs(source.table("NATION")) == ["N_REGIONKEY -> REGION.R_REGIONKEY"]
    assert refs(source.table("LINEITEM")) == [
        "L_PARTKEY,L_SUPPKEY -> PARTSUPP.PS_PARTKEY,PS_SUPPKEY"
    ]
    assert source.table("LINEITEM").primary_key == ("L_ORDERKEY", "L_LINENUMBER")


def test_the_same_name_in_two_schemas_is_two_tables(tmp_path: Path) -> None:
    text = """
CREATE TABLE a.t (id int PRIMARY KEY); CREATE TABLE b.t (id int PRIMARY KEY);
CREATE TABLE c (x int REFERENCES b.t, y int REFERENCES a.t (id));
"""
    source = read(write(tmp_path, {"t.sql": text}) / "t.sql")
    assert [table.name for table in source.tables] == ["a.t", "b.t", "c"]
    assert refs(source.table("c")) == ["x -> b.t.id", "y -> a.t.id"]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (
            "CREATE TABLE a (id int);\nCREATE TABLE b (id int, x varchar(3);",
            "E705",
            2,
            36,
        ),
        ("CREATE TABLE a (id int);\n  CREAT TABLE b (id int);", "E705", 2, 3),
        ("CREATE TABLE a (id int);\nSELECT 'x;\n", "E705", 2, 8),
        (
            "-- it's\nCREATE TABLE a (id int);\n\n ALTER TABLE a ADD FOO BAR BAZ (x);",
            "E706",
            4,
            2,
        ),
        ("CREATE TABLE a (id int);\n CREATE TABLE ON ON ON;", "E705", 2, 15),
    ],
)
def test_what_cannot_be_read_is_a_mistake_with_its_place(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    text: str,
    code: str,
    line: int,
    column: int,
) -> None:
    path = write(tmp_path, {"t.sql": text}) / "t.sql"
    [problem] = problems_of(path)
    assert problem.span is not None
    assert (problem.code, problem.span.line, problem.span.column) == (
        code,
        line,
        column,
    )
    assert caplog.records == []


def test_each_mistake_is_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (
        "CREATE TABLE a (id int;\nCREAT TABLE b (id int);\nCREATE TABLE c (id int);\n"
    )
    path = write(tmp_path, {"t.sql": text}) / "t.sql"
    source, problems = read_sources([path])
    assert [one.span.line for one in problems if one.span] == [1, 2]
    assert source is not None
    assert [table.name for table in source.tables] == ["c"]


def test_sql_without_tables_or_that_is_no_text_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, {"a.sql": "SELECT 1;", "b.sql": b"\xff\xff", "c.sql": ""})
    for name, code in (("a.sql", "E701"), ("b.sql", "E704"), ("c.sql", "E701")):
        assert [one.code for one in problems_of(tmp_path / name)] == [code]


def test_scripts_of_sql_server_are_utf_16(tmp_path: Path) -> None:
    text = "CREATE TABLE [dbo].[a]([id] [int])\r\nGO\r\n".encode("utf-16")
    found = read(write(tmp_path, {"t.sql": text}) / "t.sql")
    assert types(found.table("a")) == {"id": "integer"}
