"""The Spark script that several tests run, as it is and edited."""

from __future__ import annotations

from compiler.pipeline import compile_spec
from tests.support import END

SHOP = f"""
name = "shop"
description = "Customers, orders, and what is wrong with some of them."
allow = ["*"]
[output]
engine = "spark"
schema = "main.shop"
[window]
end = {END}
[bad_data]
null_rate = 0.01
duplicate_key_rate = 0.005
[tables.customers]
rows = 2_000
batch_rows = 50
[tables.customers.columns]
customer_id = {{ kind = "key", format = "C-{{:05d}}" }}
name = {{ kind = "faker", provider = "name" }}
[tables.customers.columns.note]
kind = "choice"
weights = {{ "a \\"quoted\\", one" = 1, "back\\\\slash" = 2, "日本" = 1 }}
[tables.orders]
rows = 20_000
[tables.orders.columns]
order_id = {{ kind = "key" }}
customer_id = {{ kind = "ref", table = "customers", skew = 0.8 }}
ordered_at = {{ kind = "timestamp" }}
amount = {{ kind = "lognormal", median = 40, sigma = 0.8, decimals = 2 }}
"""
"""Two tables with faults; `batch_rows` and `mode` are for append mode."""


def shop(format: str, mode: str = "overwrite", engine: str = "spark") -> dict[str, str]:
    text = SHOP.replace("[output]", f'[output]\nmode = "{mode}"')
    if mode == "overwrite":
        text = text.replace("batch_rows = 50\n", "")
    return dict(compile_spec("shop.toml", text, engine, format).files)


def edited(files: dict[str, str], old: str, new: str) -> dict[str, str]:
    """The files after an edit of the script."""
    assert files["generate_data.py"].count(old) == 1
    return {**files, "generate_data.py": files["generate_data.py"].replace(old, new)}
