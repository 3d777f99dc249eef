from chairside.kernel.migrate import sql_beside

revision = "202611210910"
down_revision = "202611210905"
upgrade = sql_beside(__file__)
