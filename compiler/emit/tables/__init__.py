"""The sections of the tables: functions of columns, and the builder of each table."""
