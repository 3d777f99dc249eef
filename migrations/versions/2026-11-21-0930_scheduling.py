from chairside.kernel.migrate import sql_beside

revision = "202611210930"
down_revision = "202611210925"
upgrade = sql_beside(__file__)
