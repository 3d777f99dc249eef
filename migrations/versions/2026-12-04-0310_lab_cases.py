from chairside.kernel.migrate import sql_beside

revision = "202612040310"
down_revision = "202612040300"
upgrade = sql_beside(__file__)
