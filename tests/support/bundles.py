"""A bundle with nothing wrong, to be broken, and the folder of a team's own template."""

from __future__ import annotations

from pathlib import Path

TEAM = Path(__file__).parents[1] / "bundle" / "team"

DATABRICKS = """\
bundle:
  name: shop

include:
  - resources/*.yml

variables:
  catalog:
    description: where the tables go
    default: main
  schema:
    default: shop
  scale:
    default: "1"

targets:
  dev:
    mode: development
    default: true
    variables:
      scale: "0.01"
  prod:
    mode: production
    workspace:
      root_path: /Workspace/Users/${workspace.current_user.userName}/.bundle/${bundle.name}
    permissions:
      - group_name: users
        level: CAN_VIEW
    resources:
      jobs:
        shop:
          schedule:
            pause_status: UNPAUSED
          tasks:
            - task_key: generate
              max_retries: 1
      schemas:
        shop_schema:
          lifecycle:
            prevent_destroy: true
"""

JOB = """\
resources:
  jobs:
    shop:
      name: shop-${bundle.target}
      tags:
        team: data
      timeout_seconds: 7200
      health:
        rules:
          - metric: RUN_DURATION_SECONDS
            op: GREATER_THAN
            value: 3600
      email_notifications:
        on_failure: [ann@shop.example]
        on_duration_warning_threshold_exceeded: [ann@shop.example]
      max_concurrent_runs: 1
      queue:
        enabled: true
      schedule:
        quartz_cron_expression: 0 0 6 * * ?
        timezone_id: UTC
        pause_status: PAUSED
      parameters:
        - name: catalog
          default: ${var.catalog}
        - name: schema
          default: ${resources.schemas.shop_schema.name}
        - name: scale
          default: ${var.scale}
      environments:
        - environment_key: default
          spec:
            environment_version: "4"
            dependencies:
              - polars==2.1.0
      permissions:
        - group_name: users
          level: CAN_VIEW
      tasks:
        - task_key: generate
          environment_key: default
          spark_python_task:
            python_file: ../generate_data.py
            parameters:
              - --catalog
              - "{{job.parameters.catalog}}"
              - --schema
              - "{{job.parameters.schema}}"
              - --scale
              - "{{job.parameters.scale}}"
        - task_key: check
          depends_on:
            - task_key: generate
          environment_key: default
          spark_python_task:
            python_file: ../generate_data.py
            parameters: [--check]
  schemas:
    shop_schema:
      catalog_name: ${var.catalog}
      name: ${var.schema}
  volumes:
    shop_volume:
      catalog_name: ${var.catalog}
      schema_name: ${resources.schemas.shop_schema.name}
      name: raw
"""


SCRIPT = """\
option("--catalog", default=CATALOG)
option("--schema", default=SCHEMA)
option("--scale", type=float)
option("--check", action="store_true")
"""


def bundle() -> dict[str, str]:
    """Its files by their path."""
    return {
        "databricks.yml": DATABRICKS,
        "resources/shop.job.yml": JOB,
        "generate_data.py": SCRIPT,
        "README.md": "# shop\n",
    }
