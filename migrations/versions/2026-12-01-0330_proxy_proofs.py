from chairside.kernel.migrate import sql_beside

revision = "202612010330"
down_revision = "202612010320"
upgrade = sql_beside(__file__)
