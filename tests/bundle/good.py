"""A bundle with nothing wrong, to be broken."""

from __future__ import annotations

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
      schema: shop_${workspace.current_user.short_name}
      scale: "0.01"
  prod:
    mode: production
    workspace:
      root_path: /Workspace/Shared/.bundle/${bundle.name}/${bundle.target}
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
"""

JOB = """\
resources:
  jobs:
    shop:
      name: shop-${bundle.target}
      tags:
        team: data
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
          default: ${var.schema}
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
