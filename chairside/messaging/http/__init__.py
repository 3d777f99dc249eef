from chairside.messaging.http.mailbox import router as mailbox
from chairside.messaging.http.messages import router as messages

ROUTERS = (messages, mailbox)
