from chairside.kernel.migrate import sql_beside

revision = "202612010100"
down_revision = "202611301300"
upgrade = sql_beside(__file__)
