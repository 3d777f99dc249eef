from chairside.kernel.migrate import sql_beside

revision = "202611210900"
down_revision = None
upgrade = sql_beside(__file__)
