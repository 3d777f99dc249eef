from chairside.kernel.migrate import sql_beside

revision = "202612020110"
down_revision = "202612020100"
upgrade = sql_beside(__file__)
