from chairside.kernel.migrate import sql_beside

revision = "202611210950"
down_revision = "202611210940"
upgrade = sql_beside(__file__)
