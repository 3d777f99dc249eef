export { InboxScreen } from './inbox-screen'
export { PhoneScreen } from './phone-screen'
export { RemindersScreen } from './reminders-screen'
export { UnsubscribeScreen } from './unsubscribe-screen'
