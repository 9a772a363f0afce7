"""The Databricks bundle that stands beside a script."""
