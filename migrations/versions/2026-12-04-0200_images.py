from chairside.kernel.migrate import sql_beside

revision = "202612040200"
down_revision = "202612040100"
upgrade = sql_beside(__file__)
