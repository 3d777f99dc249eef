from chairside.kernel.migrate import sql_beside

revision = "202612040300"
down_revision = "202612040200"
upgrade = sql_beside(__file__)
