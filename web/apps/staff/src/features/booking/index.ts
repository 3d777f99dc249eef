export { BookingPageScreen } from './page-screen'
export { RequestsChip } from './requests-chip'
export { RequestsScreen } from './requests-screen'
