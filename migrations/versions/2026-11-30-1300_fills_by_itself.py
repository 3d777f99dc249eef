from chairside.kernel.migrate import sql_beside

revision = "202611301300"
down_revision = "202611301200"
upgrade = sql_beside(__file__)
