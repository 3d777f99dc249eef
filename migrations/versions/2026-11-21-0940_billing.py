from chairside.kernel.migrate import sql_beside

revision = "202611210940"
down_revision = "202611210930"
upgrade = sql_beside(__file__)
