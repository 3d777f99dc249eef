from chairside.messaging.http.conversations import router as conversations
from chairside.messaging.http.mailbox import router as mailbox
from chairside.messaging.http.messages import router as messages
from chairside.messaging.http.notices import router as notices
from chairside.messaging.http.phone import router as phone
from chairside.messaging.http.reminders import router as reminders
from chairside.messaging.http.unsubscriptions import router as unsubscriptions

ROUTERS = (messages, reminders, conversations, unsubscriptions, mailbox, phone, notices)
